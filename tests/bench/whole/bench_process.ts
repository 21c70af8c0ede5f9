/** A program of the bench in a process of its own. */

export interface BenchProcess extends AsyncDisposable {
  readonly pid: number;
  /** The line in which it told that it is ready. */
  readonly told: string;
}

/** Starts it and waits for its first line; it ends when its standard input does. */
export async function startProcess(
  script: string,
  args: readonly string[] = [],
): Promise<BenchProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", "-P=bench", script, ...args],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value } = await reader.read();
  if (value === undefined) throw new Error(`${script} ended before it was ready`);
  return {
    pid: child.pid,
    told: value.trim(),
    async [Symbol.asyncDispose]() {
      await reader.cancel();
      await child.stdin.close();
      await child.status;
    },
  };
}

/** Says that it is ready, and waits until whoever started it has had enough or is gone. */
export async function beReady(told: string): Promise<void> {
  Deno.stdout.writeSync(new TextEncoder().encode(`${told}\n`));
  await Deno.stdin.readable.pipeTo(new WritableStream());
}
