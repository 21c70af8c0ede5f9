/** No words lie in a flow for nobody, and none that a person reads lie outside of them. */
import { assert, assertEquals } from "@std/assert";
import { flowParts } from "../../src/flows/all_flows.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import { type Locale, locales } from "../../src/locales/locales.ts";
import { readSources, type Source, sourceTest, withoutComments } from "../source_files.ts";

/** Code whose words people read: the words themselves and the Telegram of a laptop aside. */
async function readSpeakers(): Promise<Source[]> {
  const sources = (await Promise.all(["machines", "src"].map((it) => readSources(it)))).flat();
  return sources.filter(({ path }) =>
    !/^src\/(?:locales|emulator|std)\/|\/(?:texts|phrases)_\w+\.ts$/.test(path)
  )
    .map(({ path, text }) => ({ path, text: withoutComments(text) }));
}

/** All that is named, beyond where flows declare their keys. */
async function readNaming(): Promise<string> {
  const code = (await readSpeakers()).map(({ text }) => text).join("\n");
  return code.replaceAll(/= defineWords\(\{.*?\}\);/gs, "");
}

sourceTest("every key of a flow is used by some code", async () => {
  const code = await readNaming();
  // `code_${reason}` names all that begin so.
  const beginnings = Array.from(
    code.matchAll(/`([a-z]+_)\$\{/g),
    ([, beginning = " "]) => beginning,
  );
  const isUsed = (key: string) =>
    code.includes(`"${key}"`) || isNamed(code, String.raw`(?:texts|notes|labels)\.${key}`) ||
    beginnings.some((beginning) => key.startsWith(beginning));
  const unused = flowParts.flatMap(({ flow }) => {
    const { texts = {}, notes = [], labels = [], expects = [], refusals = [] } = flow.words ?? {};
    return [...Object.keys(texts), ...notes, ...labels, ...expects, ...refusals]
      .filter((key) => !isUsed(key)).map((key) => `${flow.name}: ${key}`);
  });
  assertEquals(unused, []);
});

/** Groups that the fold of all flows uses itself. */
const FOLDED = new Set([
  ...["texts", "notes", "labels", "hints", "refusals", "commands", "about"],
]);

sourceTest("whatever else a flow says is used by some code", async () => {
  const code = await readNaming();
  const speakers = await readSpeakers();
  const unused = locales.flatMap((locale) =>
    flowParts.flatMap(({ flow, words }) => {
      const groups: [string, unknown][] = Object.entries(words[locale]);
      const own = speakers.filter(({ path }) => path.startsWith(`src/flows/${flow.name}/`));
      const ownCode = own.map(({ text }) => text).join("\n");
      return groups.filter(([group]) => !FOLDED.has(group))
        .flatMap(([group, members]) =>
          group === "captions"
            ? unnamed(members, (key) => isNamed(code, String.raw`captions\s*\.${key}`))
            : isNamed(ownCode, group)
            ? unnamed(members, (key) => isNamed(ownCode, key))
            : [group]
        )
        .map((name) => `${flow.name}: ${locale} ${name}`);
    })
  );
  assertEquals(unused, []);
});

const isNamed = (code: string, name: string): boolean =>
  new RegExp(String.raw`\b${name}\b`).test(code);

/** Names of a group's members that are not named; a word alone has none. */
const unnamed = (members: unknown, isNamed: (key: string) => boolean): string[] =>
  typeof members === "object" ? Object.keys(members ?? {}).filter((key) => !isNamed(key)) : [];

Deno.test("a refusal in words of its own is of something that a flow expects", () => {
  const expected = new Set(flowParts.flatMap(({ flow }) => flow.words?.expects ?? []));
  for (const { flow, words } of flowParts) {
    for (const locale of locales) {
      const own = Object.keys(words[locale].refusals ?? {}).filter((key) => key.includes(":"));
      const strays = own.filter((key) => !expected.has(key.split(":")[0] ?? ""));
      assertEquals(strays, [], `${flow.name} ${locale}`);
    }
  }
});

/** Strings and the parts of templates outside `${}`, with where they stand. */
function* literalsOf({ path, text }: Source): Generator<{ where: string; words: string }> {
  for (const { 0: found, index } of text.matchAll(/"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g)) {
    const words = found.slice(1, -1).replace(/\$\{[^}]*\}/g, "");
    yield { where: `${path}:${text.slice(0, index).split("\n").length} ${words}`, words };
  }
}

/** The demo's words are those of its people; a replay, and its screen, are for developers. */
const OTHER_VOICES = /^src\/(?:replay\/|demo\/play_demo\.ts$|app\/screen\.ts$)/;
/** Letters by which a code is read, and by which words are compared. */
const ALPHABET = /^(?:АВЕКМНОРСТХ|[А-ЯЁа-яё]{30,})$/;

sourceTest("no word that people read stands outside the words of flows", async () => {
  const sources = (await readSpeakers()).filter(({ path }) => !OTHER_VOICES.test(path));
  const russian = sources.flatMap((source) => [...literalsOf(source)])
    .filter(({ words }) => /[А-Яа-яЁё№«»]/.test(words) && !ALPHABET.test(words));
  assertEquals(russian.map(({ where }) => where), []);
});

/** What carries words to a phone. */
const CARRIER = /\b(?:text|html|caption|title|message_text|note|label)\s*:\s*(["`][^\n]*)/g;

sourceTest("what carries words to a phone takes them from the words of flows", async () => {
  const rooms = /^src\/(?:telegram\/|flows\/|app\/(?:bot|message_sources)\.ts)/;
  const sources = (await readSpeakers()).filter(({ path }) => rooms.test(path));
  assert(sources.length > 20);
  const spoken = sources.flatMap(({ path, text }) =>
    Array.from(text.matchAll(CARRIER), ([, literal = ""]) => ({ path, text: literal }))
      .flatMap((source) => [...literalsOf(source)].slice(0, 1))
      .filter(({ words }) => /\p{L}/u.test(words))
  );
  assertEquals(spoken.map(({ where }) => where), []);
});

Deno.test("every language has a button that leads to it, named the same in all", () => {
  const labels = (locale: Locale) =>
    locales.map((language) => catalogues[locale].label(`language_${language}`));
  for (const locale of locales) assertEquals(labels(locale), labels("ru"));
});
