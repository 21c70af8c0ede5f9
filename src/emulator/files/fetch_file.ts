/** Files that a bot names by their address: fetched by this server, as the real one does. */
import { badRequest } from "../model/refusal.ts";
import { Upload } from "../model/upload.ts";
import type { MediaField } from "./media.ts";
import { readAtMost } from "./read_at_most.ts";

const photo_bytes_max = 5 * 1024 * 1024;
const file_bytes_max = 20 * 1024 * 1024;
const patience_ms = 20_000;

/** Throws a `Refusal` in the real server's words. */
export async function fetchFile(address: string, field: MediaField): Promise<Upload> {
  const url = httpUrl(address);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience_ms) });
    const type = response.headers.get("content-type")?.split(";")[0]?.trim() ?? "";
    if (!response.ok) {
      await response.body?.cancel();
      throw badRequest("Failed to get HTTP URL content");
    }
    if (!fits(field, type)) {
      await response.body?.cancel();
      throw badRequest("Wrong type of the web page content");
    }
    const bytes = await readAtMost(response, field === "photo" ? photo_bytes_max : file_bytes_max);
    if (bytes === null || bytes.length === 0) throw badRequest("Failed to get HTTP URL content");
    return new Upload(bytes, nameIn(url), type);
  } catch (error) {
    // Not there, too slow, not permitted: the bot is told the same.
    if (isNetworkError(error)) throw badRequest("Failed to get HTTP URL content");
    throw error;
  }
}

/** The last part of the address; as it stands there where it cannot be decoded. */
function nameIn(url: URL): string {
  const name = url.pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function httpUrl(address: string): URL {
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `http://${address}`;
  if (!URL.canParse(absolute)) throw badRequest("Wrong HTTP URL specified");
  const url = new URL(absolute);
  if (!/^https?:$/.test(url.protocol)) throw badRequest("Wrong HTTP URL specified");
  return url;
}

function fits(field: MediaField, type: string): boolean {
  if (type === "text/html") return false;
  return field !== "photo" || type === "" || type.startsWith("image/");
}

function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError || error instanceof Deno.errors.NotCapable ||
    (error instanceof DOMException && error.name === "AbortError");
}
