/**
 * The rooms of the project, and what each may import. Types count like everything else; packages
 * are named as in deno.json. Changing a line here is changing the design.
 */
import { assertEquals } from "@std/assert";
import emulator from "../src/emulator/deno.json" with { type: "json" };
import { EMULATOR_ROOMS, isEmulators, type Room } from "./emulator_rooms.ts";
import {
  type Import,
  importsOf,
  namesIn,
  readSources,
  resolveImport,
  type Source,
  sourceTest,
} from "./source_files.ts";

const ROOMS: Readonly<Record<string, Room>> = {
  "events": { rooms: [], packages: ["zod"] },
  "machines": { rooms: ["events"], packages: ["xstate"] },
  "src/telegram": {
    rooms: ["events", "machines/input.ts", "machines/effects.ts", "src/locales"],
    packages: ["grammy", "zod"],
  },
  "src/runtime": {
    rooms: ["events", "machines", "src/store"],
    packages: ["xstate", "lru-cache"],
  },
  "src/store": {
    rooms: ["events"],
    packages: ["postgres", "@electric-sql/pglite", "umzug", "canonicalize", "lru-cache", "uuid"],
  },
  "src/projections": {
    rooms: ["events", "src/store"],
    packages: ["postgres", "uuid", "lru-cache"],
  },
  "src/cards": {
    rooms: ["events", "src/store"],
    packages: ["qr", "zxing-wasm", "sharp", "zod", "pdfkit", "fontkit", "dejavu-fonts-ttf"],
  },
  "src/pictures": {
    rooms: ["machines/picture.ts"],
    packages: ["xstate", "undici", "ipaddr.js", "sharp"],
  },
  "src/web": { rooms: ["src/projections", "src/replay"], packages: ["hono", "@std/http"] },
  "src/replay": {
    rooms: ["machines", "events", "src/store", "src/runtime", "src/projections"],
    packages: ["xstate", "elkjs", "postgres", "zod", "uuid", "@marcbachmann/cel-js"],
  },
  ...EMULATOR_ROOMS,
  "src/locales": { rooms: [], packages: [] },
  "src/std": { rooms: [], packages: ["deno-std"] },
  "src/config.ts": { rooms: [], packages: ["zod"] },
  "src/log.ts": { rooms: [], packages: ["@logtape/logtape", "@logtape/redaction"] },
};

/** Composition roots put the rooms together; nobody imports a root but another root. */
const ROOTS = [
  ...["src/main.ts", "src/dev.ts", "src/replay.ts", "src/pictures.ts"],
  ...["src/bot.ts", "src/dialogues.ts", "src/run_bot.ts", "src/demo.ts", "src/process.ts"],
  "src/screen.ts",
  "src/message_sources.ts",
  "src/rights.ts",
  "src/replay_terminal.ts",
];
/** The one root from which the emulator is reached. */
const DEV = "src/dev.ts";
const TOP = [
  ...["src/", "machines/", "events/", "tests/", "deno.json", "deno.lock", "README.md", "LICENSE"],
  ...["Dockerfile", "compose.yaml", "data/", "coverage/", "node_modules/"],
];

sourceTest("project's top level holds its four folders and what ecosystems expect", async () => {
  const names = (await namesIn(".")).filter((name) => !name.startsWith("."));
  assertEquals(names.filter((name) => !TOP.includes(name)), []);
});

sourceTest("every folder and file of src is a room or a composition root", async () => {
  const names = (await namesIn("src")).map((name) => `src/${name.replace(/\/$/, "")}`);
  assertEquals(names.filter((name) => !(name in ROOMS) && !ROOTS.includes(name)), []);
});

sourceTest("every folder of the emulator is a room", async () => {
  const folders = (await readCode()).map(({ path }) => path.slice(0, path.lastIndexOf("/")));
  assertEquals(folders.filter((folder) => isEmulators(folder) && !(folder in ROOMS)), []);
});

sourceTest("rooms import only what the table allows them", async () => {
  const strays = (await readCode()).flatMap(({ path, text }) =>
    importsOf(text).filter(({ from }) => !mayImport(path, from)).map(({ from }) =>
      `${path} → ${resolveImport(path, from) ?? from}`
    )
  );
  assertEquals(strays, []);
});

sourceTest("emulator is reached from the development root only", async () => {
  const graph = graphOf(await readCode());
  assertEquals(ROOTS.filter((root) => !graph.has(root)), []);
  const strays = ROOTS.filter((root) => root !== DEV).flatMap((root) =>
    [...reachedFrom(root, graph)].filter(isEmulators).map((path) => `${root} … ${path}`)
  );
  assertEquals(strays, []);
});

sourceTest("emulator is reached by its package's name from everywhere else", async () => {
  const code = [...await readCode(), ...await readSources("tests", [".ts"])];
  const others = code.filter(({ path }) => !/^(?:src|tests)\/emulator\//.test(path));
  const strays = others.flatMap(({ path, text }) =>
    importsOf(text).filter(({ from }) => /^\..*\.tsx?$/.test(from))
      .filter(({ from }) => isEmulators(resolveImport(path, from) ?? ""))
      .map(({ from }) => `${path} → ${from}`)
  );
  assertEquals(strays, []);
});

sourceTest("emulator's own deno.json names every package that it imports", async () => {
  const names = Object.keys(emulator.imports);
  const strays = (await readCode()).filter(({ path }) => isEmulators(path)).flatMap((source) =>
    importsOf(source.text).filter(({ from }) =>
      resolveImport(source.path, from) === undefined && !from.startsWith("node:") &&
      !names.some((name) => from === name || from.startsWith(name.replace(/\/?$/, "/")))
    ).map(({ from }) => `${source.path} → ${from}`)
  );
  assertEquals(strays, []);
});

sourceTest("no file imports itself by way of others; types count in the emulator", async () => {
  const graph = graphOf(await readCode(), ({ isType }, path) => !isType || isEmulators(path));
  const circles = [...graph.keys()].filter((path) =>
    (graph.get(path) ?? []).some((next) => reachedFrom(next, graph).has(path))
  );
  assertEquals(circles, []);
});

sourceTest("imports name files that are there, or packages of deno.json", async () => {
  const code = [...await readCode(), ...await readSources("tests", [".ts"])];
  const files = new Set(
    (await Promise.all(["events", "machines", "src", "tests"].map((it) => readSources(it, [""]))))
      .flat().map(({ path }) => path),
  );
  const strays = code.flatMap(({ path, text }) =>
    importsOf(text).filter(({ from }) => {
      const file = resolveImport(path, from);
      return file === undefined ? /^(?:npm|jsr|https?):/.test(from) : !files.has(file);
    }).map(({ from }) => `${path} → ${from}`)
  );
  assertEquals(strays, []);
});

async function readCode(): Promise<Source[]> {
  const folders = await Promise.all(
    ["events", "machines", "src"].map((folder) => readSources(folder, [".ts", ".tsx", ".js"])),
  );
  return folders.flat();
}

/** "events", "src/emulator/model", or "src/log.ts" for a file that is a room, or none's. */
function roomOf(path: string): string {
  const parts = path.split("/");
  const above = parts.map((_, at) => parts.slice(0, parts.length - at).join("/"));
  return above.find((it) => it in ROOMS) ?? path;
}

function mayImport(path: string, from: string): boolean {
  const room = roomOf(path);
  const file = resolveImport(path, from);
  if (ROOTS.includes(path)) {
    return file === undefined || path === DEV || !isEmulators(file);
  }
  const may = ROOMS[room];
  if (may === undefined) return false;
  if (file === undefined) return mayImportPackage(room, may, from);
  const to = roomOf(file);
  if (to === room) return true;
  if (to === "src/log.ts") return room.startsWith("src/") && !isEmulators(room);
  return may.rooms.includes(to) || may.rooms.includes(file);
}

function mayImportPackage(room: string, { packages }: Room, from: string): boolean {
  // What Deno has built in is as good as Deno itself; the pure rooms have neither.
  if (from.startsWith("node:")) return room.startsWith("src/") && room !== "src/locales";
  const name = from.split("/").slice(0, from.startsWith("@") ? 2 : 1).join("/");
  return packages.includes(name);
}

type Graph = ReadonlyMap<string, readonly string[]>;

/** Which file imports which, for the imports that count. */
function graphOf(
  sources: readonly Source[],
  counts: (imported: Import, path: string) => boolean = () => true,
): Graph {
  return new Map(sources.map(({ path, text }) => [
    path,
    importsOf(text).filter((it) => counts(it, path)).flatMap(({ from }) =>
      resolveImport(path, from) ?? []
    ),
  ]));
}

/** The file itself and all that it imports, at whatever distance. */
function reachedFrom(start: string, graph: Graph): ReadonlySet<string> {
  const reached = new Set([start]);
  // A Set's iterator comes to what is added meanwhile as well.
  for (const path of reached) graph.get(path)?.forEach((next) => reached.add(next));
  return reached;
}
