/** /health of a bot that is a process of its own. */

/** A port that nobody listens on right now. */
export function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** What /health answers; null where nobody listens. */
export async function askHealth(port: number): Promise<{ status: number; said: string } | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health`);
    return { status: response.status, said: (await response.json()).status };
  } catch {
    return null;
  }
}
