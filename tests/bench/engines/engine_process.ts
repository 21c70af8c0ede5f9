/** An engine in a process of its own: libraries set globals, and heaps slow each other. */
import type { Answer, Checked, Order, Round } from "./contender.ts";
import type { Engine } from "./engine_list.ts";
import { linesOf } from "./text_lines.ts";

export interface EngineProcess extends AsyncDisposable {
  measure(lanes: number, duration_ms: number): Promise<Round>;
  check(): Promise<Checked>;
}

/** An engine that has ended, or never began; the message is what it told. */
export class EngineFailure extends Error {
  override name = "EngineFailure";
}

/** Starts it on the database at `url`; its updates are numbered from `first` on. */
export async function startEngine(
  { script }: Engine,
  url: string,
  first: number,
): Promise<EngineProcess> {
  // Those with packages of their own have permissions of their own.
  const permissions = script.startsWith("packages/") ? "-P" : "-P=bench";
  const path = new URL(script, import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", permissions, path, String(first)],
    env: { DATABASE_URL: url, NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const complaint = complaintOf(child.stderr);
  const lines = linesOf(child.stdout);
  const orders = child.stdin.getWriter();

  /** Its next answer; what libraries print is passed over. */
  async function hear<Is extends Answer["is"]>(is: Is): Promise<Extract<Answer, { is: Is }>> {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new EngineFailure(await complaint);
      if (!value.startsWith('{"is":')) continue;
      const answer: Answer = JSON.parse(value);
      if (isAnswer(answer, is)) return answer;
    }
  }

  async function order<Is extends Answer["is"]>(wanted: Order, is: Is) {
    // Where it has ended, its complaint tells more than the broken pipe.
    await orders.write(new TextEncoder().encode(`${JSON.stringify(wanted)}\n`)).catch(() => {});
    return await hear(is);
  }

  async function end(): Promise<void> {
    await orders.close().catch(() => {});
    for await (const _ of lines);
    await Promise.all([child.status, complaint]);
  }

  try {
    await hear("ready");
  } catch (error) {
    await end();
    throw error;
  }
  return {
    measure: (lanes, duration_ms) => order({ do: "measure", lanes, duration_ms }, "round"),
    check: () => order({ do: "check" }, "checked"),
    [Symbol.asyncDispose]: end,
  };
}

const isAnswer = <Is extends Answer["is"]>(
  answer: Answer,
  is: Is,
): answer is Extract<Answer, { is: Is }> => answer.is === is;

/** The line of its standard error that says why it ended. */
async function complaintOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const all: string[] = [];
  for await (const line of linesOf(stream)) all.push(line.trim());
  return all.find((line) => /error\b/i.test(line)) ?? all[0] ?? "it ended without a word";
}
