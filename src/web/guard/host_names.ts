/** By which names a server may be called: a page can make any other name stand for its address. */

/** Who is called: the name in lower case, an IPv6 address in brackets, and the port. */
export interface Called {
  name: string;
  port: number;
}

const PLAIN = /^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
const NUMBERS = /^\d+\.\d+\.\d+\.\d+$/;

/** What a `Host` header, or the address in a request's first line, says; null when it says none. */
export function readCalled(authority: string): Called | null {
  if (!PLAIN.test(authority) || !URL.canParse(`http://${authority}`)) return null;
  const { hostname, port } = new URL(`http://${authority}`);
  return { name: hostname.replace(/\.$/, ""), port: Number(port || 80) };
}

/** Whether the address or name means this machine, and is reached by nobody else. */
export function isLoopback(hostname: string): boolean {
  const name = readCalled(bracketed(hostname))?.name ?? hostname;
  return name === "localhost" || name === "[::1]" || NUMBERS.test(name) && name.startsWith("127.");
}

/** Whether it stands for every address of this machine, and so is the name of none. */
export function isWildcard(hostname: string): boolean {
  return ["0.0.0.0", "[::]"].includes(readCalled(bracketed(hostname))?.name ?? "");
}

/** As it stands in a URL. */
export function bracketed(hostname: string): string {
  return hostname.includes(":") && !hostname.startsWith("[") ? `[${hostname}]` : hostname;
}

/**
 * Whether a server that listens on this address may answer to the name. The loopback names and the
 * configured one always; where that is every address, also numbers, which no page can make stand
 * for another machine, and the name of this machine.
 */
export function answersTo({ name, port }: Called, listens: Called): boolean {
  const own = isLoopback(listens.name);
  // Beyond this machine ports are mapped, as by containers.
  if (own && port !== listens.port) return false;
  if (isLoopback(name) || name === listens.name) return true;
  if (!isWildcard(listens.name)) return false;
  return NUMBERS.test(name) || name.startsWith("[") || name === machineName();
}

/** undefined where it may not be asked for. */
function machineName(): string | undefined {
  try {
    return Deno.hostname().toLowerCase();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}
