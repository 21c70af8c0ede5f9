/** The secret of a Telegram that others than this machine can reach, kept so that it stays. */
import { isLoopback, newSecret } from "@amanita/guard";

/** Shorter ones can be guessed. */
const FITS = /^[A-Za-z0-9_-]{16,128}$/;

/**
 * What stands in the folder's file `secret`, which is made where there is none; null where only
 * this machine can come. Throws when the file holds something else.
 */
export function keptSecret(folder: string, hostname: string): string | null {
  if (isLoopback(hostname)) return null;
  const path = `${folder}/secret`;
  try {
    const kept = Deno.readTextFileSync(path).trim();
    if (FITS.test(kept)) return kept;
    throw new Error(`Cannot use ${path}: a secret has 16 to 128 letters and digits, - and _`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const made = newSecret();
  Deno.writeTextFileSync(path, `${made}\n`, { mode: 0o600, createNew: true });
  return made;
}
