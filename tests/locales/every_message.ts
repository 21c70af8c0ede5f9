/** Every message of every flow by its name, to be told with whatever values. */
import { assertEquals } from "@std/assert";
import { flowParts } from "../../src/flows/all_flows.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import type { FlowParts } from "../../src/flows/flow_parts.ts";
import { type FlowWords, REFUSED_INPUT } from "../../src/locales/flow_words.ts";
import type { Locale } from "../../src/locales/locales.ts";
import { anyValues } from "./any_value.ts";
import { captionSamples } from "./sample_captions.ts";
import { sampleOf } from "./sample_texts.ts";

/** Values of a message as charts and rendering give them. */
export type Values = Readonly<Record<string, unknown>>;

export interface Message {
  /** "texts.help", or that of another group. */
  name: string;
  /** Null for one that takes none. */
  sample: Values | null;
  tell: (values: Values | null) => string;
}

/** Texts and captions: all that is told with values. */
export function messagesOf(locale: Locale): Message[] {
  return flowParts.flatMap((parts) => [
    ...textsOf(parts, locale),
    ...captionsOf(parts.flow.name, parts.words[locale]),
  ]);
}

/** What flows say under the keys of their charts. */
function textsOf({ flow, words }: FlowParts, locale: Locale): Message[] {
  return Object.entries(flow.words?.texts ?? {}).map(([key, fields]) => {
    const sample = sampleOf(key, fields);
    const name = `texts.${key}`;
    if (key !== REFUSED_INPUT) return message(name, words[locale].texts?.[key], sample);
    const { text } = catalogues[locale];
    // It is told with words alone.
    return message(name, (values: Record<string, string | null>) => text(key, values), sample);
  });
}

/** What they say of their own, under the names by which it is known. */
function captionsOf(flow: string, words: FlowWords): Message[] {
  const captions = groupOf(words, "captions");
  const known: Values | undefined = captionSamples[flow];
  // A flow that has no samples here is told with values that stand for any.
  const samples = known ?? Object.fromEntries(Object.keys(captions).map((key) => [key, anyValues]));
  assertEquals(Object.keys(samples).toSorted(), Object.keys(captions).toSorted(), flow);
  const group = PAPER.has(flow) ? "paper" : "captions";
  return Object.entries(captions).map(([key, caption]) =>
    message(`${group}.${key}`, caption, samples[key])
  );
}

/** Flows whose captions are recorded under this name. */
const PAPER = new Set(["print_labels", "export_cards", "card_history"]);

function message(name: string, caption: unknown, sample: unknown): Message {
  if (typeof caption !== "function") throw new Error(`${name} is no message`);
  return {
    name,
    sample: isGroup(sample) ? sample : null,
    tell: (values) => String(caption(values)),
  };
}

/** All that is told as it stands, by "group.key", or by the key alone. */
export function plainsOf(locale: Locale): Record<string, string> {
  const plains = flowParts.flatMap(({ words }) =>
    PLAIN.flatMap((group) => plainIn(group, groupOf(words[locale], group)))
  );
  return Object.fromEntries(plains);
}

const PLAIN = ["labels", "notes", "welcomes", "commands", "tables", "nameless", "about"];

function plainIn(group: string, words: Values | string): [string, string][] {
  if (typeof words === "string") return [[group, words]];
  return Object.entries(words).map(([key, word]) => [
    group === "about" ? key : `${group}.${key}`,
    Array.isArray(word) ? word.join(", ") : String(word),
  ]);
}

/** What would fit, and what does not, by "group.key". */
export function refusalsOf(locale: Locale): Record<string, string> {
  return Object.fromEntries(flowParts.flatMap(({ words }) => {
    const { hints = {}, refusals = {} } = words[locale];
    return [
      ...Object.entries(hints).map(([key, hint]) => [`hints.${key}`, hint]),
      ...Object.entries(refusals).map(([key, wrong]) => [
        `refusals.${key}`,
        typeof wrong === "string" ? wrong : wrong.alone,
      ]),
    ];
  }));
}

/** A group of a flow's words beyond what every flow has; empty where it has none. */
export function groupOf(words: FlowWords, name: "captions"): Values;
export function groupOf(words: FlowWords, name: string): Values | string;
export function groupOf(words: FlowWords, name: string): Values | string {
  const groups: ReadonlyMap<string, unknown> = new Map(Object.entries(words));
  const group = groups.get(name);
  return typeof group === "string" || isGroup(group) ? group : {};
}

const isGroup = (value: unknown): value is Values => typeof value === "object" && value !== null;
