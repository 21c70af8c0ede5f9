/** Pictures in a folder of their own beside a server of faults, for one test. */
import type { FlightResult, Refusal, ServedPicture } from "../../machines/picture.ts";
import type { PicturesOptions } from "../../src/pictures/limits.ts";
import { type OpenPictures, openPictures } from "../../src/pictures/open_pictures.ts";
import { needs, unless } from "../permissions.ts";
import { type FaultServer, startFaultServer } from "./fault_server.ts";

export interface Room {
  server: FaultServer;
  /** The cache's folder. */
  folder: string;
  /** Opens pictures that may fetch from the server; closed at the end. */
  open(options?: Partial<PicturesOptions>): Promise<OpenPictures>;
  /** The server's address of a path. */
  at(path: string): string;
}

/** Why these tests cannot run here; "" when they can. */
export const permissions = needs(
  { name: "net", host: "127.0.0.1" },
  { name: "read" },
  { name: "write" },
  { name: "env" }, // undici reads what it might be told
);

/** A test with pictures; ignored, and says so, without the permissions it needs. */
export function picturesTest(
  name: string,
  fn: (room: Room) => Promise<void>,
  reason = permissions,
): void {
  Deno.test({
    ...unless(reason, name),
    // undici's one clock for all its limits ticks on for half a second, and counts as a leak. So
    // the server sees to it that no connection stays open, and a process must end by itself.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const folder = await Deno.makeTempDir();
      const server = await startFaultServer();
      const opened: OpenPictures[] = [];
      try {
        await fn({
          server,
          folder: `${folder}/image_cache`,
          at: (path) => `${server.origin}${path}`,
          async open(options = {}) {
            const pictures = await openPictures({
              folder: `${folder}/image_cache`,
              allow_hosts: [`127.0.0.1:${server.port}`],
              min_free_bytes: 0,
              retry: { base_ms: 1, cap_ms: 2_000 },
              // What is not closed stays open for longer than the server waits for the end of it.
              keep_alive_ms: 600_000,
              ...options,
            });
            opened.push(pictures);
            return pictures;
          },
        });
      } finally {
        await Promise.all(opened.map((pictures) => pictures.close()));
        await server.left();
        await server.close();
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

/** The picture, where there must be one. */
export function served(result: FlightResult): ServedPicture {
  if (result.is === "picture") return result;
  throw new Error(`Expected a picture, found ${result.reason}: ${result.sentence}`);
}

/** The refusal, where there must be one. */
export function refused(result: FlightResult): Refusal {
  if (result.is === "refused") return result;
  throw new Error(`Expected a refusal, found a picture: ${result.from}`);
}
