/** Every room has a README at its door, and what the project's texts name is there. */
import { assertEquals } from "@std/assert";
import { namesIn, readSources, type Source, sourceTest } from "./source_files.ts";

const FOLDERS = ["events", "machines", "src", "tests"];
/** A link of Markdown, and a file's path from the root as texts mention it. */
const LINK = /\]\(([^)#\s]+)[^)]*\)/g;
const ANCHOR = /\]\(([^)#\s]*)#([^)\s]+)\)/g;
const MENTION = /`((?:events|machines|src|tests)\/[\w/.]*\.(?:tsx?|mjs|sql|txt|jsonl|md))`/g;

sourceTest("every room has a README at its door", async () => {
  const inner = await Promise.all(
    ["machines", "src", "src/emulator"].map(async (folder) =>
      (await namesIn(folder)).filter((name) => name.endsWith("/")).map((name) =>
        folder + "/" + name
      )
    ),
  );
  const rooms = [...FOLDERS.map((folder) => `${folder}/`), ...inner.flat()]
    .map((room) => room === "src/docs/" ? "src/docs/decisions/" : room);
  const doors = new Set((await readTexts()).map(({ path }) => path));
  assertEquals(rooms.filter((room) => !doors.has(`${room}README.md`)), []);
});

sourceTest("texts link and mention only files that are there", async () => {
  const files = await Promise.all(FOLDERS.map((folder) => readSources(folder, [""])));
  const paths = [...files.flat().map(({ path }) => path), ...await namesIn(".")];
  const there = (path: string) =>
    paths.some((it) => it === path || it.startsWith(`${path.replace(/\/$/, "")}/`));
  const strays = (await readTexts()).flatMap(({ path, text }) => {
    const linked = Array.from(text.matchAll(LINK), ([, to = ""]) => to)
      .filter((to) => !to.startsWith("https:")).map((to) => fromDoor(path, to));
    const mentioned = Array.from(text.matchAll(MENTION), ([, to = ""]) => to);
    return [...linked, ...mentioned].filter((to) => !there(to)).map((to) => `${path} → ${to}`);
  });
  assertEquals(strays, []);
});

sourceTest("links into a text name a heading that it has", async () => {
  const texts = await readTexts();
  const headings = new Map(texts.map(({ path, text }) => [path, headingsOf(text)]));
  const strays = texts.flatMap(({ path, text }) =>
    Array.from(text.matchAll(ANCHOR), ([, to = "", anchor = ""]) => ({ to, anchor }))
      .filter(({ to }) => !to.startsWith("https:"))
      .filter(({ to, anchor }) =>
        !headings.get(to === "" ? path : fromDoor(path, to))?.includes(anchor)
      )
      .map(({ to, anchor }) => `${path} → ${to}#${anchor}`)
  );
  assertEquals(strays, []);
});

/** Anchors of a text's headings, as GitHub makes them. */
function headingsOf(text: string): string[] {
  return Array.from(
    text.matchAll(/^#+ (.*)$/gm),
    ([, heading = ""]) => heading.toLowerCase().replace(/[^\p{L}\d _-]/gu, "").replaceAll(" ", "-"),
  );
}

/** Every text of the project, by its path from the root. */
async function readTexts(): Promise<Source[]> {
  const names = (await namesIn(".")).filter((name) => name.endsWith(".md"));
  const atRoot = names.map(async (path) => ({
    path,
    text: await Deno.readTextFile(new URL(`../${path}`, import.meta.url)),
  }));
  const inFolders = await Promise.all(FOLDERS.map((folder) => readSources(folder, [".md"])));
  return [...await Promise.all(atRoot), ...inFolders.flat()];
}

/** The path from the root of what a text links. */
function fromDoor(path: string, to: string): string {
  return new URL(to, `file:///${path}`).pathname.slice(1);
}
