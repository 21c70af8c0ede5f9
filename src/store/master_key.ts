/** The key that wraps the keys of people: from the environment, else from a file that is made once. */
import { createHash } from "node:crypto";
import { createDurably } from "../base/durable_file.ts";
import { ifThere } from "../base/if_there.ts";
import { refuseFolder, UnfitFolder } from "../base/unfit_folder.ts";
import { sealingKey } from "./seal.ts";

export interface MasterKey {
  key: CryptoKey;
  /** Tells two keys apart without telling anything about them. */
  fingerprint: string;
}

/** `given` is 32 bytes in base64, or null: then `folder/pii.key` is read, or made with mode 0600. */
export async function openMasterKey(given: string | null, folder: string): Promise<MasterKey> {
  return await keyFrom(given ?? await readOrMakeKey(folder), folder);
}

/** The same, but null where there is no file. */
export async function findMasterKey(
  given: string | null,
  folder: string,
): Promise<MasterKey | null> {
  const found = given ?? await readKeyFile(folder);
  return found === null ? null : await keyFrom(found, folder);
}

async function keyFrom(text: string, folder: string): Promise<MasterKey> {
  if (!KEY.test(text)) {
    throw new UnfitFolder(
      `Cannot read the key in ${pathIn(folder)}: it is not 32 bytes in base64. Restore the file ` +
        "from a backup: another key opens no name that was sealed with it.",
    );
  }
  const raw = Uint8Array.fromBase64(text);
  const fingerprint = createHash("sha256").update(raw).digest("hex").slice(0, 12);
  return { key: await sealingKey(raw), fingerprint };
}

const KEY = /^[A-Za-z0-9+/]{43}=$/;

async function readOrMakeKey(folder: string): Promise<string> {
  try {
    return await readKeyFile(folder) ?? await makeKeyFile(folder);
  } catch (error) {
    refuseFolder(folder, error);
  }
}

async function readKeyFile(folder: string): Promise<string | null> {
  const text = await ifThere(Deno.readTextFile(pathIn(folder)));
  return text === null ? null : text.trim();
}

async function makeKeyFile(folder: string): Promise<string> {
  const path = pathIn(folder);
  await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
  const made = crypto.getRandomValues(new Uint8Array(32)).toBase64();
  // What is sealed with a key that a power cut takes back is lost.
  await createDurably(path, `${made}\n`);
  // Of two processes that start at once, both read the same key.
  return (await Deno.readTextFile(path)).trim();
}

const pathIn = (folder: string) => `${folder}/pii.key`;
