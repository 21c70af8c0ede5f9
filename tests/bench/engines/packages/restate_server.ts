/** Restate's server, as npm has it, in a temporary folder. */
import { linesOf } from "../text_lines.ts";
import packages from "./deno.json" with { type: "json" };

export interface RestateServer extends AsyncDisposable {
  /** Where calls are taken. */
  readonly ingress: string;
  /** Tells it of the services at this address. */
  register(address: string): Promise<void>;
}

const STARTING_MS = 60_000;
const PAUSE_MS = 50;

export async function openRestateServer(): Promise<RestateServer> {
  await using opening = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir();
  opening.defer(() => Deno.remove(folder, { recursive: true }));
  const [admin, ingress, node] = freePorts();
  await Deno.writeTextFile(
    `${folder}/restate.toml`,
    settings(folder, admin, ingress, node),
  );
  const config = [
    "--config",
    new URL("deno.json", import.meta.url).pathname,
    "-P",
  ];
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...[
        "run",
        "-q",
        ...config,
        new URL("./keep_process.ts", import.meta.url).pathname,
      ],
      ...[
        "run",
        "-q",
        ...config,
        packages.imports["@restatedev/restate-server"],
      ],
      ...["--no-logo", "--config-file", `${folder}/restate.toml`],
    ],
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const complaint = complaintOf(child.stderr);
  let runs = true;
  const ended = child.status.then(() => void (runs = false));
  opening.defer(async () => {
    await child.stdin.close();
    await ended;
    await complaint;
  });

  async function untilAnswers(address: string): Promise<void> {
    const deadline = Date.now() + STARTING_MS;
    while (runs && Date.now() < deadline) {
      if (await answers(address)) return;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    const why = runs ? `it does not answer at ${address}` : await complaint;
    throw new Error(`Restate's server did not start: ${why}`);
  }

  const root = (port: number) => `http://127.0.0.1:${port}`;
  await untilAnswers(`${root(admin)}/health`);
  await untilAnswers(`${root(ingress)}/restate/health`);
  const open = opening.move();
  return {
    ingress: root(ingress),
    async register(address) {
      const answer = await fetch(`${root(admin)}/deployments`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ uri: address }),
      });
      const said = await answer.text();
      if (!answer.ok) throw new Error(`Restate refused the services: ${said}`);
    },
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}

/** On the loopback alone; what is not named is as its makers chose it. */
const settings = (
  folder: string,
  admin: number,
  ingress: number,
  node: number,
) => `
node-name = "bench"
base-dir = "${folder}/data"
listen-mode = "tcp"
bind-ip = "127.0.0.1"
advertised-host = "127.0.0.1"
bind-port = ${node}
disable-telemetry = true
shutdown-timeout = "5s"
log-filter = "error"
[admin]
bind-port = ${admin}
[ingress]
bind-port = ${ingress}
`;

/** The first line that is said there. */
async function complaintOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  let first = "";
  for await (const line of linesOf(stream)) first ||= line.trim();
  return first;
}

function freePorts(): [number, number, number] {
  using one = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using two = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  using three = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return [one.addr.port, two.addr.port, three.addr.port];
}

async function answers(address: string): Promise<boolean> {
  try {
    const answer = await fetch(address);
    await answer.body?.cancel();
    return answer.ok;
  } catch (error) {
    // Nobody listens there so far.
    if (!(error instanceof TypeError)) throw error;
    return false;
  }
}
