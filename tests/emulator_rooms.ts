/** The emulator's part of the table of rooms; `layers_test.ts` holds the imports against it. */

/** What a room may import. */
export interface Room {
  /** Rooms, or single files of rooms. */
  rooms: readonly string[];
  packages: readonly string[];
}

/** A package of its own, with rooms inside. */
const EMULATOR = "src/emulator";

/** By path; each imports only what stands above it. */
export const EMULATOR_ROOMS: Readonly<Record<string, Room>> = inEmulator({
  "model": { rooms: [], packages: ["grammy"] },
  "schema": { rooms: ["model"], packages: ["@babel/parser", "grammy"] },
  "text": { rooms: ["model"], packages: ["grammy"] },
  "files": { rooms: ["model"], packages: ["grammy", "sharp", "zxing-wasm", "@std/media-types"] },
  "world": { rooms: ["model", "schema", "files"], packages: ["grammy", "zod"] },
  "bot_api": {
    rooms: ["model", "schema", "text", "files", "world"],
    packages: ["@amanita/guard", "grammy", "@std/async", "@std/http", "canonicalize"],
  },
  "people": {
    rooms: ["model", "schema", "text", "files", "world", "bot_api"],
    packages: ["grammy"],
  },
  "control": {
    rooms: ["model", "files", "world", "bot_api", "people"],
    packages: ["grammy", "zod"],
  },
  // The page runs in a browser: of the server it knows only what both speak of.
  "web": { rooms: ["web/css"], packages: ["@std/http"] },
  "web/css": { rooms: [], packages: [] },
  "web/live": { rooms: ["model"], packages: ["grammy"] },
  "web/parts": { rooms: ["web/live"], packages: ["grammy", "preact"] },
  "web/chat": { rooms: ["web/live", "web/parts"], packages: ["grammy", "preact"] },
  "web/page": { rooms: ["web/live", "web/parts", "web/chat"], packages: ["preact"] },
  // The server, the command, and what the package exports.
  "": {
    rooms: ["model", "text", "files", "world", "bot_api", "people", "control", "web"],
    packages: ["@amanita/guard", "@std/http"],
  },
});

/** Whether the path is the emulator's, or inside it. */
export function isEmulators(path: string): boolean {
  return path === EMULATOR || path.startsWith(`${EMULATOR}/`);
}

/** The rooms with the emulator's folder before their names. */
function inEmulator(rooms: Record<string, Room>): Record<string, Room> {
  const inside = (name: string) => name === "" ? EMULATOR : `${EMULATOR}/${name}`;
  return Object.fromEntries(
    Object.entries(rooms).map(([name, room]) => [
      inside(name),
      { ...room, rooms: room.rooms.map(inside) },
    ]),
  );
}
