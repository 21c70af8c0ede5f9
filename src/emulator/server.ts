/** The HTTP server: the Bot API, the files, the people's side and the web chat on one port. */
import { STATUS_CODE } from "@std/http";
import { BotApi } from "./bot_api/bot_api.ts";
import { Webhook } from "./bot_api/webhook.ts";
import { control } from "./control/control.ts";
import { servePage } from "./web/serve_page.ts";
import type { World } from "./world/world.ts";

/** A server that listens. */
export interface RunningServer {
  /** `http://hostname:port` */
  root: string;
  api: BotApi;
  /** Lets go of everything that waits, then stops. */
  close(): Promise<void>;
}

/** Listens; throws when the port is taken. */
export function serve(world: World, hostname: string, port: number): RunningServer {
  const closing = new AbortController();
  const api = new BotApi(world, closing.signal);
  const webhook = new Webhook(world, (answer) => api.perform(answer));

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const { pathname } = url;
    if (pathname.startsWith("/bot")) return await api.call(request, url, pathname.slice(4));
    if (pathname.startsWith("/file/bot")) return api.download(pathname.slice(9));
    if (isForeign(request, url)) {
      return Response.json({ error: "Cannot act for a page of another address" }, {
        status: STATUS_CODE.Forbidden,
      });
    }
    if (pathname.startsWith("/control/")) return await control(world, closing.signal, request, url);
    return await servePage(request, pathname) ??
      Response.json({ error: `Cannot find ${pathname}` }, { status: STATUS_CODE.NotFound });
  };

  const server = Deno.serve({
    hostname,
    port,
    onListen: () => {},
    onError: (error) => {
      const description = `Internal Server Error: ${error}`;
      return Response.json({ ok: false, error_code: 500, description, error: description }, {
        status: STATUS_CODE.InternalServerError,
      });
    },
    // The request is named: a handler without parameters is given none.
  }, (request) => answer(request));

  return {
    root: `http://${hostname}:${server.addr.port}`,
    api,
    async close() {
      closing.abort();
      world.updates.close();
      await webhook.close();
      await server.shutdown();
    },
  };
}

/** A page of another site, open in the same browser, must not act as these people. */
function isForeign(request: Request, url: URL): boolean {
  const origin = request.headers.get("origin");
  return origin !== null && origin !== url.origin;
}
