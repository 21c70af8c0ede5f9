/** Telegram's MarkdownV2 → plain text and entities with UTF-16 offsets, or its refusal. */
import type { MessageEntity } from "grammy/types";
import { badRequest } from "../model/refusal.ts";
import type { Formatted } from "./html.ts";
import { linkEntity, timeEntity } from "./link_entity.ts";

/** Throws a `Refusal` that starts with "Bad Request: can't parse entities". */
export function parseMarkdown(source: string): Formatted {
  return new MarkdownReader(source).read();
}

/** Spelt as the real server names them when their end is missing. */
type Kind =
  | "Bold"
  | "Italic"
  | "Underline"
  | "Strikethrough"
  | "Spoiler"
  | "Code"
  | "Pre"
  | "PreCode"
  | "TextUrl"
  | "CustomEmoji"
  | "BlockQuote";

interface Opened {
  kind: Kind;
  /** Where its mark stands in the source, and its text begins in the result. */
  at: number;
  from: number;
  language: string;
}

const plain = {
  Bold: "bold",
  Italic: "italic",
  Underline: "underline",
  Strikethrough: "strikethrough",
  Spoiler: "spoiler",
  Code: "code",
  Pre: "pre",
} as const;

const ends: Partial<Record<Kind, string>> = {
  Bold: "*",
  Strikethrough: "~",
  Spoiler: "||",
  Underline: "__",
  Code: "`",
  Pre: "```",
  PreCode: "```",
  TextUrl: "]",
  CustomEmoji: "]",
};

const reserved = "_*[]()~`>#+-=|{}.!\n";

class MarkdownReader {
  readonly #source: string;
  readonly #open: Opened[] = [];
  readonly #entities: MessageEntity[] = [];
  #text = "";
  #at = 0;
  /** Nothing stands on this line yet. */
  #fresh = true;

  constructor(source: string) {
    this.#source = source;
  }

  read(): Formatted {
    while (this.#at < this.#source.length) this.#step();
    const last = this.#open.at(-1);
    if (last?.kind === "BlockQuote") this.#endQuote(false);
    else if (last !== undefined) this.#endless(last);
    return { text: this.#text, entities: this.#entities };
  }

  #step(): void {
    const c = this.#source.charAt(this.#at);
    const next = this.#source.charCodeAt(this.#at + 1);
    if (c === "\\" && next > 0 && next <= 126) {
      this.#write(this.#source.charAt(this.#at + 1), 2);
      return;
    }
    const opened = this.#open.at(-1);
    const raw = opened !== undefined && ["Code", "Pre", "PreCode"].includes(opened.kind);
    if (!(raw ? "`" : reserved).includes(c)) return this.#write(c, 1);
    if (c === "\n") return this.#newLine();
    if (opened !== undefined && this.#isEnd(opened.kind)) return this.#close(opened);
    if (opened?.kind === "BlockQuote" && /^\|\|(?:$|\n(?!>))/.test(this.#rest())) {
      this.#at += 2;
      return this.#endQuote(true);
    }
    this.#begin(c);
  }

  #write(text: string, width: number): void {
    this.#text += text;
    this.#at += width;
    this.#fresh = false;
  }

  #newLine(): void {
    const quote = this.#open[0]?.kind === "BlockQuote" ? this.#open[0] : undefined;
    const goesOn = quote !== undefined && this.#source[this.#at + 1] === ">";
    if (quote !== undefined && !goesOn) {
      const last = this.#open.at(-1);
      if (last !== undefined && last !== quote) this.#endless(last);
      this.#endQuote(false);
    }
    this.#write("\n", goesOn ? 2 : 1);
    this.#fresh = !goesOn;
  }

  /** One underscore ends italics only where there are not two. */
  #isEnd(kind: Kind): boolean {
    if (kind === "Italic") return /^_(?!_)/.test(this.#rest());
    const end = ends[kind];
    return end !== undefined && this.#source.startsWith(end, this.#at);
  }

  #begin(c: string): void {
    const at = this.#at;
    const twice = this.#source[at + 1] === c;
    const open = (kind: Kind, width: number, language = "") => {
      this.#at += width;
      this.#open.push({ kind, at, from: this.#text.length, language });
    };
    if (c === "_") return twice ? open("Underline", 2) : open("Italic", 1);
    if (c === "*") return open("Bold", 1);
    if (c === "~") return open("Strikethrough", 1);
    if (c === "|" && twice) return open("Spoiler", 2);
    if (c === "[") return open("TextUrl", 1);
    if (c === "!" && this.#source[at + 1] === "[") return open("CustomEmoji", 2);
    if (c === ">" && this.#fresh && this.#open.length === 0) return open("BlockQuote", 1);
    if (c !== "`") {
      refuse(`Character '${c}' is reserved and must be escaped with the preceding '\\'`);
    }
    if (!this.#source.startsWith("```", at)) return open("Code", 1);
    // A language is what stands before the first blank; one line break is the markup's own.
    const [whole = "", language = ""] = /^```(?:([^\s`]+)(?=\s))?(?:\r\n|\n\r|\n|\r)?/
      .exec(this.#rest()) ?? [];
    open(language === "" ? "Pre" : "PreCode", whole.length, language);
  }

  #close({ kind, from, language }: Opened): void {
    const span = { offset: from, length: this.#text.length - from };
    this.#at += ends[kind]?.length ?? 1;
    this.#open.pop();
    const entity = this.#entityOf(kind, span, language);
    if (span.length > 0 && entity !== undefined) this.#entities.push(entity);
  }

  #entityOf(
    kind: Kind,
    span: { offset: number; length: number },
    language: string,
  ): MessageEntity | undefined {
    switch (kind) {
      case "PreCode":
        return { type: "pre", ...span, language };
      case "TextUrl":
        return linkEntity(this.#address("URL") ?? this.#text.slice(span.offset), span);
      case "CustomEmoji":
        return this.#special(this.#address("custom emoji URL"), span);
      case "BlockQuote":
        return undefined;
      default:
        return { type: plain[kind], ...span };
    }
  }

  /** Behind an exclamation mark: an emoji or a moment. */
  #special(address: string | undefined, span: { offset: number; length: number }): MessageEntity {
    if (address === undefined) refuse("Custom emoji entity must contain a tg://emoji URL");
    const [, what, query] = /^tg:\/\/(emoji|time)\/?\?(.*)$/i.exec(address) ?? [];
    const fields = new URLSearchParams(query);
    const id = fields.get("id") ?? "";
    const time = timeEntity(fields.get("unix") ?? "", fields.get("format") ?? "", span);
    if (what?.toLowerCase() === "time" && time !== undefined) return time;
    if (!/^\d+$/.test(id)) refuse("Custom emoji URL must have an emoji identifier");
    return { type: "custom_emoji", ...span, custom_emoji_id: id };
  }

  /** What stands in brackets behind a link's text; undefined when there are none. */
  #address(what: string): string | undefined {
    if (this.#source[this.#at] !== "(") return undefined;
    const begin = this.#at + 1;
    const found = /^((?:\\\p{ASCII}|\\(?!\p{ASCII})|[^\\)])*)\)/u.exec(this.#source.slice(begin));
    if (found === null) refuse(`Can't find end of a ${what} at byte offset ${this.#byte(begin)}`);
    this.#at = begin + found[0].length;
    return (found[1] ?? "").replace(/\\(\p{ASCII})/gu, "$1");
  }

  #endQuote(expandable: boolean): void {
    const { from = 0 } = this.#open.pop() ?? {};
    const span = { offset: from, length: this.#text.length - from };
    const type = expandable ? "expandable_blockquote" : "blockquote";
    if (span.length > 0) this.#entities.push({ type, ...span });
  }

  #endless({ kind, at }: Opened): never {
    refuse(`Can't find end of ${kind} entity at byte offset ${this.#byte(at)}`);
  }

  #rest(): string {
    return this.#source.slice(this.#at);
  }

  #byte(at: number): number {
    return new TextEncoder().encode(this.#source.slice(0, at)).length;
  }
}

function refuse(reason: string): never {
  throw badRequest(`can't parse entities: ${reason}`);
}
