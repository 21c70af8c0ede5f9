/** Opens a server's port, and says in Deno's own errors why it cannot. */
import type { Server } from "node:http";
import { bracketed } from "./host_names.ts";

/** The port on which it listens. */
export async function listening(server: Server, hostname: string, port: number): Promise<number> {
  const host = `${bracketed(hostname)}:${port}`;
  // Where it is not permitted, node:http throws where nobody can catch it.
  if (Deno.permissions.querySync({ name: "net", host }).state !== "granted") {
    throw new Deno.errors.NotCapable(`Requires net access to "${host}"`);
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("listening", resolve).once("error", reject);
  try {
    server.listen({ host: hostname, port });
    await promise;
  } catch (error) {
    throw asDenos(error);
  } finally {
    server.off("listening", resolve).off("error", reject);
  }
  // An accept that fails, as for want of file descriptors, ends one connection and not the process.
  server.on("error", () => {});
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("Cannot tell the port");
  return address.port;
}

function asDenos(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  const { message } = error;
  switch (error.code) {
    case "EADDRINUSE":
      return new Deno.errors.AddrInUse(message);
    case "EADDRNOTAVAIL":
    // What Deno makes of an address of another machine.
    case "EINVAL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new Deno.errors.AddrNotAvailable(message);
    case "EACCES":
      return new Deno.errors.PermissionDenied(message);
    default:
      return error;
  }
}
