/** No text lies in the catalogue for nobody, and none that a person reads lies outside of it. */
import { assert, assertEquals } from "@std/assert";
import { catalogues, locales } from "../../src/locales/locales.ts";
import { ru } from "../../src/locales/ru.ts";
import { catalogues as byKeys } from "../../src/flows/catalogues.ts";
import { makersCommands } from "../../src/telegram/makers_commands.ts";
import { readSources, type Source, sourceTest, withoutComments } from "../source_files.ts";

/** Code whose words people read: the catalogue itself and the Telegram of a laptop aside. */
async function readSpeakers(): Promise<Source[]> {
  const sources = (await Promise.all(["machines", "src"].map((it) => readSources(it)))).flat();
  return sources.filter(({ path }) => !/^src\/(?:locales|emulator|std)\//.test(path))
    .map(({ path, text }) => ({ path, text: withoutComments(text) }));
}

const groups = ["texts", "notes", "labels", "captions", "paper", "tables"] as const;
type Group = typeof groups[number];

/** The members of a group of the catalogue that no code names. */
function unused(code: string, group: Group): string[] {
  // `code_${reason}` names all that begin so.
  const beginnings = Array.from(code.matchAll(/`([a-z]+_)\$\{/g), ([, beginning]) => beginning);
  return Object.keys(ru[group]).filter((key) => {
    const byDot = new RegExp(String.raw`\b${group}\s*\.${key}\b`).test(code);
    if (group === "captions" || group === "paper" || byDot) return !byDot;
    return !code.includes(`"${key}"`) &&
      !beginnings.some((beginning) => key.startsWith(beginning ?? " "));
  });
}

sourceTest("every text of the catalogue is used by some code", async () => {
  const code = (await readSpeakers()).map(({ text }) => text).join("\n");
  for (const group of groups) {
    assertEquals(unused(code, group), [], group);
  }
  const others = Object.keys(ru).filter((key) => typeof ru[key as keyof typeof ru] !== "object");
  assertEquals(others.filter((key) => !new RegExp(String.raw`\b${key}\b`).test(code)), []);
  const commands = makersCommands(byKeys.ru).map(({ description }) => description);
  assertEquals(commands.toSorted(), Object.values(ru.commands).toSorted());
});

/** Strings and the parts of templates outside `${}`, with where they stand. */
function* literalsOf({ path, text }: Source): Generator<{ where: string; words: string }> {
  for (const { 0: found, index } of text.matchAll(/"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g)) {
    const words = found.slice(1, -1).replace(/\$\{[^}]*\}/g, "");
    yield { where: `${path}:${text.slice(0, index).split("\n").length} ${words}`, words };
  }
}

/** The demo's words are those of its people; a screen of the replay is for whoever debugs. */
const OTHER_VOICES = new Set(["src/app/demo.ts", "src/app/screen.ts"]);
/** Letters by which a code is read, and by which words are compared. */
const ALPHABET = /^(?:АВЕКМНОРСТХ|[А-ЯЁа-яё]{30,})$/;

sourceTest("no word that people read stands outside the catalogue", async () => {
  const sources = (await readSpeakers()).filter(({ path }) => !OTHER_VOICES.has(path));
  const russian = sources.flatMap((source) => [...literalsOf(source)])
    .filter(({ words }) => /[А-Яа-яЁё№«»]/.test(words) && !ALPHABET.test(words));
  assertEquals(russian.map(({ where }) => where), []);
});

/** What carries words to a phone. */
const CARRIER = /\b(?:text|html|caption|title|message_text|note|label)\s*:\s*(["`][^\n]*)/g;

sourceTest("what carries words to a phone takes them from the catalogue", async () => {
  const rooms = /^src\/(?:telegram\/|app\/(?:bot|message_sources)\.ts)/;
  const sources = (await readSpeakers()).filter(({ path }) => rooms.test(path));
  assert(sources.length > 20);
  const spoken = sources.flatMap(({ path, text }) =>
    Array.from(text.matchAll(CARRIER), ([, literal = ""]) => ({ path, text: literal }))
      .flatMap((source) => [...literalsOf(source)].slice(0, 1))
      .filter(({ words }) => /\p{L}/u.test(words))
  );
  assertEquals(spoken.map(({ where }) => where), []);
});

Deno.test("every language has a button that leads to it", () =>
  assertEquals(
    locales.map((locale) => catalogues.ru.labels[`language_${locale}`]),
    locales.map((locale) => catalogues.en.labels[`language_${locale}`]),
  ));
