/** What charts ask for by name is in the catalogue, with the values that they give. */
import { assert, assertEquals } from "@std/assert";
import { CodeRefused } from "../../events/card.ts";
import { CodeUnreadable, PhotoRefused } from "../../events/photo.ts";
import adminMenu from "../../machines/admin_menu.ts" with { type: "text" };
import cancel from "../../machines/cancel.ts" with { type: "text" };
import dialogue from "../../machines/dialogue.ts" with { type: "text" };
import help from "../../machines/help.ts" with { type: "text" };
import issueCard from "../../machines/issue_card.ts" with { type: "text" };
import myCards from "../../machines/my_cards.ts" with { type: "text" };
import verifyCard from "../../machines/verify_card.ts" with { type: "text" };
import { ru } from "../../src/locales/ru.ts";
import engine from "../../src/runtime/engine.ts" with { type: "text" };
import { sampleValues } from "./sample_texts.ts";

const source = [adminMenu, cancel, dialogue, help, issueCard, myCards, verifyCard, engine].join("");
const named = (pattern: RegExp): string[] => [...source.matchAll(pattern)].map((it) => it[1] ?? "");

Deno.test("every text and note that a chart names is in the catalogue", () => {
  const keys = new Set(named(/text: "(\w+)"/g));
  assert(keys.size > 15, `Found only ${[...keys]}`);
  const known = { ...ru.texts, ...ru.notes };
  assertEquals([...keys].filter((key) => !Object.hasOwn(known, key)), []);
});

Deno.test("every toast is a note, and no say is", () => {
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

Deno.test("every label that a chart names is in the catalogue", () => {
  const labels = named(/label: "(\w+)"/g);
  assert(labels.length > 5);
  assertEquals(labels.filter((key) => !Object.hasOwn(ru.labels, key)), []);
});

Deno.test("charts give each text the values that it takes", () => {
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
