/**
 * The rooms of the project, and what each may import. Types count like everything else; packages
 * are named as in deno.json. Changing a line here is changing the design.
 */
import { assertEquals } from "@std/assert";
import emulator from "../src/emulator/deno.json" with { type: "json" };
import { EMULATOR_ROOMS, isEmulators, type Room } from "./emulator_rooms.ts";
import { PICTURE_ROOMS } from "./picture_rooms.ts";
import {
  importsOf,
  namesIn,
  readSources,
  resolveImport,
  type Source,
  sourceTest,
} from "./source_files.ts";
import { graphOf, reachedFrom } from "./source_graph.ts";

/** The debugger's rooms in the order of their arrows, each with its packages. */
const REPLAY: Readonly<Record<string, readonly string[]>> = {
  log: ["postgres", "xstate", "zod"],
  fold: ["xstate"],
  check: ["postgres"],
  verify: ["postgres"],
  walk: ["xstate", "postgres", "zod", "uuid", "@marcbachmann/cel-js"],
  move: ["postgres"],
  graph: ["xstate", "elkjs"],
  cli: ["postgres", "string-width"],
};

const ROOMS: Readonly<Record<string, Room>> = {
  "events": { rooms: [], packages: ["zod"] },
  "machines/flow": { rooms: ["events"], packages: ["xstate", "zod"] },
  "machines/flows": { rooms: ["events", "machines/flow"], packages: ["xstate", "zod"] },
  "machines": { rooms: ["machines/flow", "machines/flows"], packages: ["xstate"] },
  "src/base": { rooms: [], packages: ["@logtape/logtape", "@logtape/redaction"] },
  "src/telegram": {
    rooms: ["src/base", "events", "machines/flow", "src/locales"],
    packages: ["grammy", "zod", "lru-cache", "@std/async"],
  },
  "src/runtime": {
    rooms: ["src/base", "events", "machines", "src/store"],
    packages: ["xstate", "lru-cache", "p-limit", "@std/async"],
  },
  "src/store": {
    rooms: ["src/base", "events"],
    packages: [
      ...["postgres", "@electric-sql/pglite", "umzug", "canonicalize", "lru-cache", "uuid"],
      "@std/async",
    ],
  },
  "src/projections": { rooms: ["src/base", "src/store"], packages: ["postgres", "uuid"] },
  "src/flows": {
    rooms: [
      ...["src/base", "events", "machines", "src/store", "src/projections", "src/cards"],
      ...["src/runtime", "src/telegram", "src/locales"],
    ],
    packages: ["postgres", "zod", "lru-cache", "grammy", "fflate"],
  },
  "src/cards": {
    rooms: ["src/base", "events"],
    packages: [
      ...["qr", "zxing-wasm", "sharp", "pdfkit", "fontkit", "dejavu-fonts-ttf", "bidi-js"],
      "p-limit",
    ],
  },
  ...PICTURE_ROOMS,
  "src/web": { rooms: [], packages: ["@std/http"] },
  // A package of its own, which the emulator takes by its name.
  "src/web/guard": { rooms: [], packages: [] },
  "src/demo": { rooms: ["src/flows"], packages: [] },
  ...inOrder("src/replay", REPLAY, [
    ...["src/base", "machines", "events", "src/store", "src/runtime", "src/projections"],
  ]),
  ...EMULATOR_ROOMS,
  "src/locales": { rooms: ["machines/flow"], packages: ["zod"] },
  "src/std": { rooms: [], packages: ["deno-std"] },
  "src/app": {
    rooms: ["machines", "events", "src"],
    packages: ["@amanita/guard", "grammy", "lru-cache", "postgres", "uuid", "zod", "@std/async"],
  },
};

/** Where programs begin; nobody imports them. */
const ROOTS = ["src/main.ts", "src/dev.ts", "src/migrate.ts", "src/replay.ts", "src/pictures.ts"];
/** The one root from which the emulator is reached. */
const DEV = "src/dev.ts";
/** What src has beside them: how it works, and a room of texts alone. */
const TEXTS = ["src/README.md", "src/docs"];
const TOP = [
  ...["src/", "machines/", "events/", "tests/", "deno.json", "deno.lock", "README.md", "LICENSE"],
  ...["CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"],
  ...["Dockerfile", "compose.yaml", "data/", "coverage/", "node_modules/"],
];

sourceTest("project's top level holds its four folders and what ecosystems expect", async () => {
  const names = (await namesIn(".")).filter((name) => !name.startsWith("."));
  assertEquals(names.filter((name) => !TOP.includes(name)), []);
});

sourceTest("every folder and file of src is a room or where a program begins", async () => {
  const names = (await namesIn("src")).map((name) => `src/${name.replace(/\/$/, "")}`);
  const rooms = Object.keys(ROOMS).flatMap((room) => [room, room.split("/").slice(0, 2).join("/")]);
  assertEquals(
    names.filter((name) =>
      !rooms.includes(name.replace(".ts", "")) && ![...ROOTS, ...TEXTS].includes(name)
    ),
    [],
  );
});

sourceTest("docs hold texts alone, and no code", async () => {
  const paths = (await readSources("src/docs", [""])).map(({ path }) => path);
  assertEquals(paths.filter((path) => !path.endsWith(".md")), []);
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

sourceTest("every package of the table is used in its room", async () => {
  const used = new Set(
    (await readCode()).flatMap(({ path, text }) =>
      importsOf(text).map(({ from }) => `${roomOf(path)} → ${packageOf(from)}`)
    ),
  );
  const named = Object.entries(ROOMS).flatMap(([room, { packages }]) =>
    packages.map((name) => `${room} → ${name}`)
  );
  assertEquals(named.filter((it) => !used.has(it)), []);
});

sourceTest("every room of the table is used in its room", async () => {
  const used = new Set(
    (await readCode()).flatMap(({ path, text }) =>
      importsOf(text).flatMap(({ from }) => {
        const file = resolveImport(path, from);
        return file === undefined
          ? []
          : [`${roomOf(path)} → ${roomOf(file)}`, `${roomOf(path)} → ${file}`];
      })
    ),
  );
  const named = Object.entries(ROOMS).filter(([room]) => room !== "src/app" && !isEmulators(room))
    .flatMap(([room, { rooms }]) => rooms.map((to) => `${room} → ${to}`));
  const isUsed = (arrow: string) =>
    [...used].some((it) => it === arrow || it.startsWith(`${arrow}/`));
  const inner = (arrow: string) => arrow.startsWith("src/replay/");
  assertEquals(named.filter((arrow) => !inner(arrow) && !isUsed(arrow)), []);
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

sourceTest("no file imports itself by way of others", async () => {
  const graph = graphOf(await readCode());
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

/** "events", "src/store", or the file itself where it is none's; a list belongs to what it lists. */
function roomOf(path: string): string {
  const parts = path.replace(/\.tsx?$/, "").split("/");
  const above = parts.map((_, at) => parts.slice(0, parts.length - at).join("/"));
  return above.find((it) => it in ROOMS) ?? path;
}

function mayImport(path: string, from: string): boolean {
  const file = resolveImport(path, from);
  if (ROOTS.includes(path)) return file !== undefined && roomOf(file) === "src/app";
  const room = roomOf(path);
  const may = ROOMS[room];
  if (may === undefined) return false;
  if (file === undefined) return mayImportPackage(room, may, from);
  const to = roomOf(file);
  return to === room || !ROOTS.includes(file) &&
      may.rooms.some((it) => to === it || file === it || to.startsWith(`${it}/`));
}

function mayImportPackage(room: string, { packages }: Room, from: string): boolean {
  // What Deno has built in is as good as Deno itself; the pure rooms have neither.
  if (from.startsWith("node:")) return room.startsWith("src/") && room !== "src/locales";
  return packages.includes(packageOf(from));
}

/** "@std/http" of "@std/http/file-server". */
const packageOf = (from: string): string =>
  from.split("/").slice(0, from.startsWith("@") ? 2 : 1).join("/");

/** Rooms within a room: each may import those before it, and `others`. */
function inOrder(
  room: string,
  packages: Readonly<Record<string, readonly string[]>>,
  others: readonly string[],
): Record<string, Room> {
  const inside = Object.keys(packages).map((name) => `${room}/${name}`);
  return Object.fromEntries(
    Object.values(packages).map((names, i) => [
      inside[i],
      { rooms: [...others, ...inside.slice(0, i)], packages: [...names] },
    ]),
  );
}
