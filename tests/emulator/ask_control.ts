/** The control API, asked as any program would. */
import type { Emulator } from "@amanita/emulator";

/** `path` follows `/control/`. Without a body it is read, unless `method` says otherwise. */
export async function ask(
  { emulator }: { emulator: Pick<Emulator, "root"> },
  path: string,
  body?: unknown,
  method = body === undefined ? "GET" : "POST",
) {
  const form = body instanceof FormData;
  const response = await fetch(`${emulator.root}/control/${path}`, {
    method,
    ...body !== undefined && { body: form ? body : JSON.stringify(body) },
    headers: form || body === undefined ? {} : { "content-type": "application/json" },
  });
  return { status: response.status, body: await response.json() };
}
