import { z } from "zod";
import type { Flow } from "../../machines/flow/flow.ts";
import type { TextFields } from "../../machines/flow/words.ts";
import { type Catalogue, type Command, UnknownWords, type Values } from "./catalogue.ts";
import { type FlowWords, REFUSED_INPUT } from "./flow_words.ts";
import { clockOf, type Locale } from "./locales.ts";
import { refuseInput } from "./refuse_input.ts";

/** A flow and all that it says in one language. */
export interface FlowWithWords {
  readonly flow: Flow;
  readonly words: FlowWords;
}

/**
 * One language's catalogue, out of the words of every flow. Throws, naming the flow, where words
 * are missing or another flow has them already.
 */
export function foldCatalogue(locale: Locale, flows: readonly FlowWithWords[]): Catalogue {
  const refused = refuseInput(locale, flows.map(({ words }) => words));
  const whole = flows.map((it) => worded(locale, it, { [REFUSED_INPUT]: refused }));
  const texts = merged(locale, whole, "texts");
  const notes = merged(locale, whole, "notes");
  const labels = merged(locale, whole, "labels");
  merged(locale, whole, "hints");
  return {
    text: (key, values) => known(texts, "text", key)(values),
    note: (key) => known(notes, "note", key),
    label: (key) => known(labels, "label", key),
    commands: {
      everybody: commandsFor("everybody", whole),
      makers: commandsFor("makers", whole),
    },
    ...aboutOf(locale, flows),
    clock: (time_zone) => clockOf(locale, time_zone),
  };
}

/** What a flow says, by its keys; texts take values as a chart gives them. */
interface WholeWords {
  flow: Flow;
  texts: Keyed<(values: Values) => string>;
  notes: Keyed<string>;
  labels: Keyed<string>;
  hints: Keyed<string>;
  commands: Keyed<string>;
}
type Keyed<Word> = readonly (readonly [key: string, word: Word])[];

/** Texts by their keys, for whatever values. */
type Texts = NonNullable<FlowWords["texts"]>;

/** All that the flow's keys ask for. Throws where something is missing. */
function worded(locale: Locale, { flow, words }: FlowWithWords, made: Texts): WholeWords {
  const group = <Word>(name: string, keys: readonly string[], given: Named<Word> = {}) =>
    keys.map((key): [string, Word] => {
      const word = Object.hasOwn(given, key) ? given[key] : undefined;
      if (word !== undefined) return [key, word];
      throw new Error(`The flow ${flow.name} lacks ${locale} ${name}.${key}`);
    });
  const { texts = {}, notes = [], labels = [], expects = [], refusals = [] } = flow.words ?? {};
  group("refusals", refusals, words.refusals);
  return {
    flow,
    texts: group("texts", Object.keys(texts), { ...words.texts, ...made })
      .map(([key, text]) => [key, taking(key, texts[key] ?? {}, text)]),
    notes: group("notes", notes, words.notes),
    labels: group("labels", labels, words.labels),
    hints: group("hints", expects, words.hints),
    commands: group("commands", Object.keys(flow.commands ?? {}), words.commands),
  };
}
type Named<Word> = Readonly<Record<string, Word>>;

/** The text, told with values of its fields only. */
function taking(
  key: string,
  fields: TextFields,
  text: Texts[string],
): (values: Values) => string {
  const schema = z.object(fields);
  // The text is typed by these very fields where it is written, and by nothing here.
  const fitting = z.custom<never>((values) => schema.safeParse(values).success);
  return (values) => {
    const read = fitting.safeParse(values);
    if (read.success) return text(read.data);
    throw new UnknownWords(`The text ${key} does not take ${Object.keys(values).join(", ")}`);
  };
}

/** One group of every flow. Throws where two flows have the same key. */
function merged<Name extends "texts" | "notes" | "labels" | "hints">(
  locale: Locale,
  whole: readonly WholeWords[],
  name: Name,
): ReadonlyMap<string, WholeWords[Name][number][1]> {
  const words = new Map<string, WholeWords[Name][number][1]>();
  for (const { flow, [name]: group } of whole) {
    for (const [key, word] of group) {
      if (words.has(key)) {
        throw new Error(`The flow ${flow.name} has ${locale} ${name}.${key} of another flow`);
      }
      words.set(key, word);
    }
  }
  return words;
}

function known<Word>(words: ReadonlyMap<string, Word>, what: string, key: string): Word {
  const word = words.get(key);
  if (word !== undefined) return word;
  throw new UnknownWords(`No flow has the ${what} ${key}`);
}

function commandsFor(whom: "everybody" | "makers", whole: readonly WholeWords[]): Command[] {
  return whole.flatMap(({ flow, commands }) =>
    commands.map(([command, description]) => ({
      command,
      description,
      ...flow.commands?.[command],
    }))
  ).filter((entry) => entry.for === whom)
    .toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0))
    .map(({ command, description }) => ({ command, description }));
}

function aboutOf(locale: Locale, flows: readonly FlowWithWords[]) {
  const [about, another] = flows.flatMap(({ words }) => words.about ?? []);
  if (about === undefined || another !== undefined) {
    throw new Error(`One flow tells in ${locale} what the bot is: see its words "about"`);
  }
  const { description, short_description } = about;
  return { description, short_description };
}
