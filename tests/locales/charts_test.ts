/** What charts ask for by name is in the catalogue, with the values that they give. */
import { assert, assertEquals } from "@std/assert";
import { CodeRefused } from "../../events/card.ts";
import { CodeUnreadable, PhotoRefused } from "../../events/photo.ts";
import { ru } from "../../src/locales/ru.ts";
import { readSources, sourceTest } from "../source_files.ts";
import { sampleValues } from "./sample_texts.ts";

/** What the charts and the engine name, by a pattern whose first group is the name. */
async function namesOf(): Promise<(pattern: RegExp) => string[]> {
  const source = await readNaming();
  return (pattern) => [...source.matchAll(pattern)].map((it) => it[1] ?? "");
}

async function readNaming(): Promise<string> {
  const sources = [...await readSources("machines"), ...await readSources("src/runtime")];
  return sources.map(({ text }) => text).join("");
}

sourceTest("every text and note that a chart names is in the catalogue", async () => {
  const named = await namesOf();
  const keys = new Set(named(/text: "(\w+)"/g));
  assert(keys.size > 15, `Found only ${[...keys]}`);
  const known = { ...ru.texts, ...ru.notes };
  assertEquals([...keys].filter((key) => !Object.hasOwn(known, key)), []);
});

sourceTest("every toast is a note, and no say is", async () => {
  const named = await namesOf();
  const toasts = named(/type: "toast", params: \{ text: "(\w+)"/g);
  assert(toasts.length > 3);
  assertEquals(toasts.filter((key) => !Object.hasOwn(ru.notes, key)), []);
  const says = named(/type: "say", params: \{\s*text: "(\w+)"/g);
  assert(says.length > 10);
  assertEquals(says.filter((key) => !Object.hasOwn(ru.texts, key)), []);
});

Deno.test("every reason for which a code is refused has its text", () => {
  const { shape: refused } = CodeRefused.schema;
  const { shape: unreadable } = CodeUnreadable.schema;
  for (const reason of [...refused.reason.options, ...unreadable.reason.options]) {
    assert(Object.hasOwn(ru.texts, `code_${reason}`), reason);
  }
});

Deno.test("every reason for which a photo is refused has a sentence of its own", () => {
  const reasons = PhotoRefused.schema.shape.reason.options;
  const sentences = reasons.map((reason) => ru.texts.photo_refused({ reason }));
  assertEquals(new Set(sentences).size, reasons.length);
});

sourceTest("every label that a chart names is in the catalogue", async () => {
  const named = await namesOf();
  const labels = named(/label: "(\w+)"/g);
  assert(labels.length > 5);
  assertEquals(labels.filter((key) => !Object.hasOwn(ru.labels, key)), []);
});

sourceTest("charts give each text the values that it takes", async () => {
  const source = await readNaming();
  const given = [...source.matchAll(/text: "(\w+)",\s*values: \{([^}]*)\}/g)];
  assert(given.length > 4);
  for (const [, key = "", values = ""] of given) {
    const names = values.split(",").map((it) => it.split(":")[0]?.trim()).filter(Boolean);
    const wanted = Object.entries(sampleValues).find(([name]) => name === key)?.[1];
    assertEquals(names.sort(), Object.keys(wanted ?? {}).sort(), key);
  }
  const told = new Set(given.map(([, key]) => key));
  const wanting = Object.entries(sampleValues).filter(([, values]) => values !== null);
  assertEquals(wanting.map(([key]) => key).filter((key) => !told.has(key)), []);
});
