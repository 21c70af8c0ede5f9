/** The key that wraps the keys of people: from the environment, else from a file that is made once. */
import { createHash } from "node:crypto";
import { refuseFolder, UnfitFolder } from "../base/unfit_folder.ts";
import { sealingKey } from "./seal.ts";

export interface MasterKey {
  key: CryptoKey;
  /** Tells two keys apart without telling anything about them. */
  fingerprint: string;
}

/** `given` is 32 bytes in base64, or null: then `folder/pii.key` is read, or made with mode 0600. */
export async function openMasterKey(given: string | null, folder: string): Promise<MasterKey> {
  const raw = readKey(given ?? await keyFile(folder), folder);
  const fingerprint = createHash("sha256").update(raw).digest("hex").slice(0, 12);
  return { key: await sealingKey(raw), fingerprint };
}

function readKey(text: string, folder: string): Uint8Array<ArrayBuffer> {
  if (/^[A-Za-z0-9+/]{43}=$/.test(text)) return Uint8Array.fromBase64(text);
  throw new UnfitFolder(
    `Cannot read the key in ${folder}/pii.key: it is not 32 bytes in base64. Restore the file from ` +
      "a backup: another key opens no name that was sealed with it.",
  );
}

async function keyFile(folder: string): Promise<string> {
  const path = `${folder}/pii.key`;
  try {
    return await readOrMake(folder, path);
  } catch (error) {
    refuseFolder(folder, error);
  }
}

async function readOrMake(folder: string, path: string): Promise<string> {
  try {
    return (await Deno.readTextFile(path)).trim();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  const made = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  // Written aside and linked, so that of two processes that start at once both read the same key.
  const aside = `${path}.${crypto.randomUUID()}`;
  await Deno.writeTextFile(aside, `${made}\n`, { mode: 0o600, createNew: true });
  try {
    await Deno.link(aside, path);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  } finally {
    await Deno.remove(aside);
  }
  return (await Deno.readTextFile(path)).trim();
}
