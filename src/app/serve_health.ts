import { type GuardedServer, serveGuarded } from "@amanita/guard";
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
export async function serveHealth(
  { HTTP_HOST, HTTP_PORT }: Pick<Config, "HTTP_HOST" | "HTTP_PORT">,
): Promise<HealthServer> {
  let watched: Health | null = null;
  const handle = healthHandler({ health: () => watched });
  const server = await serving(HTTP_HOST, HTTP_PORT, handle);
  return {
    address: `${server.root}/health`,
    watch: (health) => watched = health,
    async [Symbol.asyncDispose]() {
      // Who still asks is not waited for.
      await server.close().catch((error) =>
        logOf("web").warn("Cannot end /health: {error}", { error: String(error) })
      );
    },
  };
}

async function serving(
  hostname: string,
  port: number,
  handle: (request: Request) => Promise<Response>,
): Promise<GuardedServer> {
  try {
    return await serveGuarded({
      hostname,
      port,
      handle,
      bodyMax: () => 0,
      // It says nothing that is worth a secret.
      secret: null,
      // Whatever watches a service calls it by a name or number of its own, or by none.
      any_name: true,
      onDrop: (sentence) => logOf("web").warn("{sentence}", { sentence }),
    });
  } catch (error) {
    throw listenRefusal(error, hostname, port) ?? error;
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
