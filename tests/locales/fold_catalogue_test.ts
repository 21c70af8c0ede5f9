/** One catalogue out of the words of every flow. */
import { assertEquals, assertThrows } from "@std/assert";
import { z } from "zod";
import { defineWords } from "../../machines/flow/words.ts";
import { flowParts } from "../../src/flows/all_flows.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import { UnknownWords } from "../../src/locales/catalogue.ts";
import type { FlowWords } from "../../src/locales/flow_words.ts";
import { foldCatalogue } from "../../src/locales/fold_catalogue.ts";
import { locales } from "../../src/locales/locales.ts";

const about = { description: "Greets.", short_description: "Hi." };
const greeting = {
  flow: {
    name: "greeting",
    words: defineWords({ texts: { hello: { name: z.string() } }, labels: ["greet"] }),
    commands: { greet: { for: "everybody", place: 10 } },
  },
  words: {
    texts: { hello: ({ name }: { name: string }) => `Hello, ${name}!` },
    labels: { greet: "Greet" },
    commands: { greet: "Say hello" },
    about,
  },
} as const;

Deno.test("texts are told with values of their fields, and with nothing else", () => {
  const { text } = foldCatalogue("en", [greeting]);
  assertEquals(text("hello", { name: "Ann" }), "Hello, Ann!");
  assertThrows(() => text("hello", { name: 7 }), UnknownWords, "hello");
  assertThrows(() => text("hello", {}), UnknownWords, "hello");
});

Deno.test("a key that no flow has is told by name", () => {
  for (const locale of locales) {
    const { text, note, label } = catalogues[locale];
    assertThrows(() => text("constructor", {}), UnknownWords, "text constructor");
    assertThrows(() => note("constructor"), UnknownWords, "note constructor");
    assertThrows(() => label("constructor"), UnknownWords, "label constructor");
  }
});

Deno.test("a flow that lacks any of its words is told by name", () => {
  for (const locale of locales) {
    for (const { flow, words } of flowParts) {
      const all: FlowWords = words[locale];
      const groups = Object.entries({
        ...{ texts: Object.keys(flow.words?.texts ?? {}), notes: flow.words?.notes },
        ...{ labels: flow.words?.labels, hints: flow.words?.expects },
        ...{ refusals: flow.words?.refusals, commands: Object.keys(flow.commands ?? {}) },
      }).flatMap(([group, keys = []]) => keys.length > 0 ? [group] : []);
      for (const group of groups) {
        const fold = () => foldCatalogue(locale, [{ flow, words: { ...all, [group]: {} } }]);
        assertThrows(fold, Error, `The flow ${flow.name} lacks ${locale} ${group}.`);
      }
    }
  }
});

Deno.test("no two flows may have the same key", () => {
  const { about: _, ...words } = greeting.words;
  const again = { flow: { ...greeting.flow, name: "again" }, words };
  const fold = () => foldCatalogue("en", [greeting, again]);
  assertThrows(fold, Error, "The flow again has en texts.hello of another flow");
});

Deno.test("one flow says what the bot is", () => {
  const { about: _, ...words } = greeting.words;
  assertThrows(() => foldCatalogue("en", [{ ...greeting, words }]), Error, "about");
  const { description } = foldCatalogue("en", [greeting]);
  assertEquals(description, about.description);
});

Deno.test("commands are for whom their flows say, by their places", () => {
  for (const locale of locales) {
    const { everybody, makers } = catalogues[locale].commands;
    assertEquals(everybody.map(({ command }) => command), ["start", "help", "language", "cancel"]);
    assertEquals(makers.map(({ command }) => command), ["admin", "batch"]);
  }
});
