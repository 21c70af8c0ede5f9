/** What Telegram marks by itself: links, mail addresses, mentions, hashtags, cashtags, commands. */
import type { MessageEntity } from "grammy/types";
import { overlap } from "./arrange_entities.ts";
import { isTopLevelDomain } from "./top_level_domains.ts";

/** No message is longer, in UTF-16 units: what is will be refused. */
const length_max = 2 * 4096;

/** In order, none over another; none in a text that no message can have. */
export function automaticEntities(text: string): MessageEntity[] {
  if (text.length > length_max) return [];
  const found: MessageEntity[] = [...links(text)];
  for (const [type, pattern] of simple) {
    for (const match of text.matchAll(pattern)) {
      found.push({ type, offset: match.index, length: match[0].length });
    }
  }
  found.sort((a, b) => a.offset - b.offset || b.length - a.length);
  const kept: MessageEntity[] = [];
  for (const entity of found) {
    const last = kept.at(-1);
    if (last === undefined || !overlap(last, entity)) kept.push(entity);
  }
  return kept;
}

type Simple = "email" | "mention" | "hashtag" | "cashtag" | "bot_command";

/** A letter, digit or underscore of any language. */
const word = String.raw`[\p{L}\p{Nd}_\u200c]`;

const simple: readonly [Simple, RegExp][] = [
  [
    "email",
    new RegExp(
      String.raw`(?<![\p{L}\p{Nd}_.+:-])(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}@` +
        String.raw`(?:(?:[a-z0-9][a-z0-9_-]{0,28})?[a-z0-9]\.){1,6}[a-z]{2,6}(?![\p{L}\p{Nd}_-])`,
      "giu",
    ),
  ],
  [
    "mention",
    new RegExp(`(?<![\\p{L}\\p{Nd}_@/])@(?:[a-z0-9_]{4,32}|gif|pic|vid)(?!${word})`, "giu"),
  ],
  ["hashtag", new RegExp(`(?<!${word})#(?=\\S*?[\\p{L}_])${word}{1,256}(?!${word}*#)`, "gu")],
  ["cashtag", new RegExp(`(?<![$]|${word})[$](?:1INCH|[A-Z]{1,8})(?![$]|${word})`, "gu")],
  [
    "bot_command",
    new RegExp(
      `(?<![/<>]|${word})/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![/<>]|${word})`,
      "gu",
    ),
  ],
];

const host = String.raw`(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}`;
const link = new RegExp(
  String
    .raw`(?<![\p{L}\p{N}_@./-])(https?:\/\/|ftp:\/\/)?(?:[^\s/@:<>"]{1,64}(?::[^\s/@<>"]{0,64})?@(?=\S))?` +
    String
      .raw`(${host}|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?![\p{L}\p{N}_@-])(?:[/?#][^\s<>"]*)?`,
  "giu",
);

function links(text: string): MessageEntity[] {
  const found: MessageEntity[] = [];
  for (const match of text.matchAll(link)) {
    const [whole, protocol = "", name = ""] = match;
    if (!/^\d/.test(name) || !/^[\d.]+$/.test(name)) {
      const domain = name.slice(name.lastIndexOf(".") + 1);
      if (protocol === "" && !isTopLevelDomain(domain)) continue;
    }
    // Without a protocol, what stands before an @ is a mail address.
    if (protocol === "" && whole.slice(0, whole.indexOf(name)).includes("@")) continue;
    found.push({ type: "url", offset: match.index, length: withoutEnd(whole).length });
  }
  return found;
}

/** A full stop or an unmatched bracket after a link is the sentence's, not the link's. */
function withoutEnd(address: string): string {
  const shorter = address.replace(/[.:;,'?!`]+$/, "");
  const last = shorter.at(-1) ?? "";
  const open = ({ ")": "(", "]": "[", "}": "{" } as Record<string, string>)[last];
  if (open === undefined || shorter.split(open).length >= shorter.split(last).length) {
    return shorter;
  }
  return withoutEnd(shorter.slice(0, -1));
}
