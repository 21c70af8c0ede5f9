import { logOf } from "../base/log.ts";
import { type Health, healthHandler } from "../web/health.ts";
import { BadConfig, type Config } from "./config.ts";
import { ExitError } from "../base/exit_error.ts";

/** Thrown where another program has the port. */
export class PortTaken extends ExitError {
  override name = "PortTaken";
  readonly exit_code = 69;
}

/** A server that says "starting" until it is told what to watch. */
export interface HealthServer extends AsyncDisposable {
  /** `http://127.0.0.1:8080/health` */
  readonly address: string;
  watch(health: Health): void;
}

/** Listens where `HTTP_HOST` and `HTTP_PORT` say. Throws PortTaken and BadConfig, which name them. */
export function serveHealth(config: Pick<Config, "HTTP_HOST" | "HTTP_PORT">): HealthServer {
  let watched: Health | null = null;
  const handle = healthHandler({ health: () => watched });
  const { HTTP_HOST, HTTP_PORT } = config;
  const server = serving({ hostname: HTTP_HOST, port: HTTP_PORT }, handle);
  const { hostname, port } = server.addr;
  const shown = hostname.includes(":") ? `[${hostname}]` : hostname;
  return {
    address: `http://${shown}:${port}/health`,
    watch: (health) => watched = health,
    async [Symbol.asyncDispose]() {
      // Who still asks is not waited for.
      await server.shutdown().catch((error) =>
        logOf("web").warn("Cannot end /health: {error}", { error: String(error) })
      );
    },
  };
}

function serving(
  at: { hostname: string; port: number },
  handle: (request: Request) => Promise<Response>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ ...at, onListen: () => {} }, handle);
  } catch (error) {
    throw listenRefusal(error, at.hostname, at.port) ?? error;
  }
}

/** What it means that nobody can listen there; null where it means something else. */
export function listenRefusal(error: unknown, host: string, port: number): ExitError | null {
  const where = `Cannot listen on port ${port} of ${host}`;
  if (error instanceof Deno.errors.AddrInUse) {
    return new PortTaken(
      `${where}: another program has it. End that, or set HTTP_PORT to another port ` +
        "(0 takes any free one).",
    );
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return new BadConfig(`${where}: this user may not. Set HTTP_PORT to 1024 or more.`);
  }
  const nowhere = error instanceof Deno.errors.AddrNotAvailable ||
    error instanceof Error &&
      /os error (97|99)|lookup address|not known|resolve/i.test(error.message);
  return nowhere
    ? new BadConfig(`${where}: this machine has no such address. Correct HTTP_HOST.`)
    : null;
}
