/** Whether a file still is the picture that it was; and how it goes, if it is not. */
import { createHash } from "node:crypto";
import type { KeptPicture } from "../../../machines/picture.ts";
import { ifThere } from "../../base/if_there.ts";
import { logOf } from "../../base/log.ts";
import { typeOf } from "../image/image_sniffer.ts";

const PART = 256 * 1024;

/** Reads all of it, a part at a time: its bytes have the sidecar's sha256. */
export async function isIntact({ path, size, sha256 }: KeptPicture): Promise<boolean> {
  try {
    using file = await Deno.open(path);
    const hash = createHash("sha256");
    const part = new Uint8Array(Math.min(PART, size));
    for (let n = await file.read(part); n !== null; n = await file.read(part)) {
      hash.update(part.subarray(0, n));
    }
    return hash.digest("hex") === sha256;
  } catch (error) {
    warnUnlessGone("read", path, error);
    return false;
  }
}

/** Its bytes, if they are as many and begin as they must; null otherwise. */
export async function readIntact(
  { path, size, type }: KeptPicture,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await ifThere(Deno.readFile(path));
  return bytes?.length === size && typeOf(bytes) === type ? bytes : null;
}

/** The file's status; null where there is no file. */
export function statQuietly(path: string): Deno.FileInfo | null {
  try {
    return Deno.lstatSync(path);
  } catch (error) {
    warnUnlessGone("look at", path, error);
    return null;
  }
}

/** Within this turn, so that nothing new can be removed in its place. */
export function removeQuietly(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    warnUnlessGone("remove", path, error);
  }
}

/** A picture of the cache is never worth more than a line in the log. */
function warnUnlessGone(what: string, path: string, error: unknown): void {
  if (error instanceof Deno.errors.NotFound) return;
  logOf("pictures").warn("Cannot {what} {path}: {error}", { what, path, error: String(error) });
}
