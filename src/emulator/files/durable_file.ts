/** Files that are always whole: written beside their place, then, on the disk, renamed into it. */
import { dirname } from "node:path";
import { isRecord } from "../model/json_value.ts";

/** The JSON object in a file, or undefined when there is no such file. */
export function readSaved(path: string): Record<string, unknown> | undefined {
  let text: string;
  try {
    text = Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (cause) {
    throw new Error(`Cannot read ${path}: it is no JSON; mend or remove it`, { cause });
  }
  throw new Error(`Cannot read ${path}: expected a JSON object`);
}

/** Small and seldom: the caller must not go on before it is on disk. */
export function writeWholeSync(path: string, text: string): void {
  const aside = `${path}.new`;
  Deno.writeTextFileSync(aside, text);
  syncPathSync(aside);
  Deno.renameSync(aside, path);
  syncPathSync(dirname(path));
}

/** Writes the file, and never half of it. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const aside = `${path}.new`;
  await Deno.writeFile(aside, bytes);
  await syncPath(aside);
  await Deno.rename(aside, path);
  await syncPath(dirname(path));
}

/** Waits until a file, or the names in a folder, are on the disk. */
async function syncPath(path: string): Promise<void> {
  if (!syncs) return;
  using file = await Deno.open(path);
  await file.sync();
}

function syncPathSync(path: string): void {
  if (!syncs) return;
  using file = Deno.openSync(path);
  file.syncSync();
}

/** Windows opens no folders, and lets nobody sync what is open for reading. */
const syncs = Deno.build.os !== "windows";

/** Writes a file soon after it changed, and never twice at once. */
export class Saver {
  readonly #path: string;
  readonly #content: () => string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | undefined;
  #dirty = false;
  #closed = false;
  #took_ms = 0;

  constructor(path: string, content: () => string) {
    this.#path = path;
    this.#content = content;
  }

  changed(): void {
    this.#dirty = true;
    if (this.#timer !== undefined || this.#writing !== undefined || this.#closed) return;
    // A long write must not fill the whole time.
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#write().finally(() => {
        this.#writing = undefined;
        if (this.#dirty) this.changed();
      });
    }, Math.max(20, this.#took_ms * 5));
  }

  /** Writes what is not written yet. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#writing;
    if (this.#dirty) await this.#write();
  }

  async #write(): Promise<void> {
    const started_ms = performance.now();
    this.#dirty = false;
    await writeWhole(this.#path, this.#content());
    this.#took_ms = performance.now() - started_ms;
  }
}
