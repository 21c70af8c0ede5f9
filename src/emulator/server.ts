/** The HTTP server: the Bot API, the files, the people's side and the web chat on one port. */
import { type GuardedServer, isSameSecret, type Limits, serveGuarded } from "@amanita/guard";
import { STATUS_CODE } from "@std/http";
import { BotApi } from "./bot_api/bot_api.ts";
import { Webhook } from "./bot_api/webhook.ts";
import { control } from "./control/control.ts";
import { EventReaders } from "./control/event_stream.ts";
import { keptSecret } from "./kept_secret.ts";
import { servePage } from "./web/serve_page.ts";
import type { World } from "./world/world.ts";

/** A server that listens. */
export interface RunningServer {
  /** `http://hostname:port` */
  root: string;
  /** What everybody must bring who is not a bot; null on this machine alone. */
  secret: string | null;
  api: BotApi;
  /** Lets go of everything that waits, then stops. */
  close(): Promise<void>;
}

/** How to listen. */
export interface ServerOptions {
  hostname: string;
  port: number;
  /** Where the secret is kept. */
  folder?: string | undefined;
  /** Told in a sentence of who was dropped. */
  warn?: ((sentence: string) => void) | undefined;
  limits?: Partial<Limits> | undefined;
}

/** What a method or an act may bring: a file of 50 MB, as the real server takes it, and more. */
const UPLOAD_MAX = 64 * 1024 * 1024;
/** A dump holds every file, and a server with `--local` takes larger ones. */
const LARGE_UPLOAD_MAX = 256 * 1024 * 1024;
/** Of everything else. */
const REQUEST_MAX = 64 * 1024;

/** Listens; throws when the port is taken. */
export async function serve(world: World, options: ServerOptions): Promise<RunningServer> {
  const { hostname, port, folder, warn, limits } = options;
  const closing = new AbortController();
  const api = new BotApi(world, closing.signal);
  const webhook = new Webhook(world, (answer) => api.perform(answer));
  const readers = new EventReaders(world, closing.signal, warn);
  const isBots = (pathname: string) =>
    isSameSecret(/^\/(?:file\/)?bot([^/]*)\//.exec(pathname)?.[1] ?? "", world.token);

  let server: GuardedServer;
  try {
    server = await serveGuarded({
      hostname,
      port,
      handle: routes(world, api, readers),
      bodyMax(pathname) {
        if (pathname === "/control/load") return LARGE_UPLOAD_MAX;
        if (isBots(pathname)) return world.local ? LARGE_UPLOAD_MAX : UPLOAD_MAX;
        return pathname.startsWith("/control/people/") ? UPLOAD_MAX : REQUEST_MAX;
      },
      hasOwnSecret: (pathname) => /^\/(?:file\/)?bot/.test(pathname),
      ...folder !== undefined && { secret: keptSecret(folder, hostname) },
      ...warn !== undefined && { onDrop: warn },
      ...limits !== undefined && { limits },
    });
  } catch (error) {
    closing.abort();
    await webhook.close();
    throw error;
  }
  const { root, secret } = server;
  return {
    root,
    secret,
    api,
    async close() {
      closing.abort();
      world.updates.close();
      await webhook.close();
      await server.close();
    },
  };
}

/** Which part of the server answers. */
function routes(
  world: World,
  api: BotApi,
  readers: EventReaders,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    const { pathname } = url;
    if (pathname.startsWith("/bot")) return await api.call(request, url, pathname.slice(4));
    if (pathname.startsWith("/file/bot")) return api.download(pathname.slice(9));
    if (pathname.startsWith("/control/")) return await control(world, readers, request, url);
    return await servePage(request, pathname) ??
      Response.json({ error: `Cannot find ${pathname}` }, { status: STATUS_CODE.NotFound });
  };
}
