/** Every message of a catalogue by its name, to be told with whatever values. */
import { assertEquals } from "@std/assert";
import type { Catalogue } from "../../src/locales/ru.ts";
import { captionValues, paperValues } from "./sample_captions.ts";
import { sampleValues } from "./sample_texts.ts";

/** Values of a message as charts and rendering give them. */
export type Values = Readonly<Record<string, unknown>>;

export interface Message {
  name: string;
  /** Null for one that takes none. */
  sample: Values | null;
  tell: (values: Values | null) => string;
}

/** Texts, captions and what goes onto paper: all that is told with values. */
export function messagesOf({ texts, captions, paper }: Catalogue): Message[] {
  return [
    ...messages("paper", paper, paperValues),
    ...messages("texts", texts, sampleValues),
    ...messages("captions", captions, captionValues),
  ];
}

/** All that is told as it stands, and is plain. */
export function plainsOf(catalogue: Catalogue): Record<string, string> {
  const { labels, notes, welcomes, nameless, commands, tables } = catalogue;
  const { description, short_description } = catalogue;
  const named = (group: string, plains: Readonly<Record<string, string>>) =>
    Object.entries(plains).map(([name, text]) => [`${group}.${name}`, text]);
  return Object.fromEntries([
    ...named("labels", labels),
    ...named("notes", notes),
    ...named("welcomes", welcomes),
    ...named("commands", commands),
    ["nameless", nameless],
    ...named("tables", { active: tables.active, withdrawn: tables.withdrawn }),
    ["tables.cards", tables.cards.join(", ")],
    ["tables.scans", tables.scans.join(", ")],
    ["description", description],
    ["short_description", short_description],
  ]);
}

function messages(
  group: string,
  tellers: Readonly<Record<string, (values: never) => string>>,
  samples: Readonly<Record<string, unknown>>,
): Message[] {
  assertEquals(Object.keys(samples).toSorted(), Object.keys(tellers).toSorted());
  return Object.entries(tellers).map(([name, tell]) => ({
    name: `${group}.${name}`,
    sample: (samples[name] ?? null) as Values | null,
    // The samples are typed by the messages themselves.
    tell: (values) => tell(values as never),
  }));
}
