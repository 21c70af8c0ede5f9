/** Every message in every language, told with the worst that people and databases can give. */
import { parseHtml } from "@amanita/emulator";
import { assert, assertEquals, assertNotMatch, assertStringIncludes } from "@std/assert";
import { escapeHtml } from "../../src/base/escape_html.ts";
import { flowParts } from "../../src/flows/all_flows.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import { type Locale, locales } from "../../src/locales/locales.ts";
import { type Message, messagesOf, plainsOf, refusalsOf, type Values } from "./every_message.ts";
import { assertWhole } from "./whole.ts";

const hostileWords = [
  '<b>&"</i> &lt; &amp;amp; <tg-spoiler>',
  "$& $1 $` ${name} {0} %s %d \\u0041",
  "\u202Eшалом שלום\u202C",
  "😀🏴‍☠️👨‍👩‍👧".repeat(20),
  "__proto__",
  "constructor",
  "0",
  "ы".repeat(700),
];
const hostileNumbers = [0, 1, 2, 5, 11, 21, 111, 1.5, 1_000_000.5, Number.MAX_SAFE_INTEGER];

/** The values with each leaf of its kind, one at a time, changed. */
function* changed(value: unknown, leaf: (old: unknown) => unknown[]): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [i, it] of value.entries()) {
      for (const other of changed(it, leaf)) yield value.with(i, other);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [name, it] of Object.entries(value)) {
      for (const other of changed(it, leaf)) yield { ...value, [name]: other };
    }
  } else yield* leaf(value);
}

/** What the person reads; throws where Telegram would refuse it. */
const read = (html: string): string => parseHtml(html).text;

function assertReadable(html: string, where: string): string {
  const text = read(html);
  assertNotMatch(text, /undefined|NaN|\[object|Infinity|function/, where);
  assert(text.trim() !== "", where);
  return text;
}

const every = (body: (message: Message, locale: Locale) => void): void => {
  for (const locale of locales) {
    for (const message of messagesOf(locale)) body(message, locale);
  }
};

Deno.test("every message is readable in every language", () =>
  every(({ name, sample, tell }, locale) => {
    const text = assertReadable(tell(sample), `${locale} ${name}`);
    assertEquals(text, text.trim(), `${locale} ${name}`);
    assertNotMatch(text, / {2}|\n{3}|null/, `${locale} ${name}`);
  }));

Deno.test("every message shows words as they were typed, whatever they are", () =>
  every(({ name, sample, tell }, locale) => {
    const marker = "Zzyzx";
    for (const word of hostileWords) {
      const told = (as: string) =>
        [...changed(sample, (old) => typeof old === "string" ? [as] : [])] as Values[];
      for (const [i, values] of told(escapeHtml(word)).entries()) {
        const where = `${locale} ${name} with ${JSON.stringify(word)}`;
        const text = assertReadable(tell(values), where);
        // Words that choose a sentence are not shown themselves.
        const isShown = tell(told(marker)[i] ?? null).includes(marker);
        if (isShown) assertStringIncludes(text, word, where);
      }
    }
  }));

Deno.test("every message takes every number, and none at all where there may be none", () =>
  every(({ name, sample, tell }, locale) => {
    const numbers = changed(sample, (old) => typeof old === "number" ? hostileNumbers : []);
    for (const values of numbers) {
      const where = `${locale} ${name} with ${JSON.stringify(values)}`;
      assertReadable(tell(values as Values), where);
    }
    const flags = changed(sample, (old) => typeof old === "boolean" ? [!old] : []);
    for (const values of flags) assertReadable(tell(values as Values), `${locale} ${name}`);
    for (const nullable of ["reason", "maker"]) {
      if (sample === null || !(nullable in sample)) continue;
      const text = assertReadable(tell({ ...sample, [nullable]: null }), `${locale} ${name}`);
      assertNotMatch(text, /null/, `${locale} ${name}`);
    }
  }));

Deno.test("every text is whole sentences without holes", () =>
  every(({ name, sample, tell }, locale) => {
    if (name.startsWith("texts.")) assertWhole(tell(sample), `${locale} ${name}`);
  }));

Deno.test("every language keeps to Telegram's lengths", () => {
  for (const locale of locales) {
    for (const { flow, words } of flowParts) {
      const { labels = {}, notes = {}, commands = {} } = words[locale];
      for (const label of Object.values(labels)) assert(label.length <= 40, flow.name);
      for (const note of Object.values(notes)) assert(note.length <= 200, flow.name);
      for (const text of Object.values(commands)) assert(text.length <= 256, flow.name);
    }
    const { description, short_description } = catalogues[locale];
    assert(description.length <= 512 && short_description.length <= 120, locale);
  }
});

Deno.test("English is without Cyrillic letters, but for what leads back to Russian", () => {
  const told = messagesOf("en").map(({ name, sample, tell }): [string, string] => {
    const plain = JSON.stringify(sample).replaceAll(/[А-Яа-яЁё]/g, "x");
    // Values that stand for any have no words of their own, and no JSON.
    return [name, tell(plain === "{}" ? sample : JSON.parse(plain))];
  });
  const all = [...told, ...Object.entries({ ...plainsOf("en"), ...refusalsOf("en") })];
  const cyrillic = all.filter(([, text]) => /[а-яё]/i.test(text)).map(([name]) => name);
  assertEquals(cyrillic, ["texts.help", "labels.language_ru", "commands.language"]);
});
