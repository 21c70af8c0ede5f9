import { delay } from "@std/async";

/** A bot's own web server for one test. */

export interface Hook {
  url: string;
  /** Every request, with its body read. */
  requests: { headers: Headers; body: { update_id: number } & Record<string, unknown> }[];
  close(): Promise<void>;
}

type Answer = (
  request: Request,
  update: { update_id: number } & Record<string, unknown>,
) => Response | Promise<Response>;

/** Listens on this machine and answers as told, with nothing unless told. */
export function startHook(answer: Answer = () => new Response()): Hook {
  const requests: Hook["requests"] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const body = await request.clone().json();
      requests.push({ headers: request.headers, body });
      return await answer(request, body);
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/hook`,
    requests,
    close: () => server.shutdown(),
  };
}

/** Resolves when it holds; rejects after half a minute. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end_ms = performance.now() + 30_000;
  while (!await holds()) {
    if (performance.now() > end_ms) throw new Error(`Waited in vain until ${what}`);
    await delay(5);
  }
}
