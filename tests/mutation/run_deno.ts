/** Deno as a process of its own, which can be ended with all that it has started. */

/** How a process ended; `silent` when nothing was heard of it for too long. */
export interface Ended {
  code: number;
  silent: boolean;
  /** Standard output and error, without colours. */
  output: string;
}

/** Runs `deno` in a folder; what says nothing for `patience` milliseconds is killed. */
export async function runDeno(
  args: string[],
  { cwd, patience, signal }: { cwd: string; patience: number; signal: AbortSignal },
): Promise<Ended> {
  const child = new Deno.Command("deno", {
    args,
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  }).spawn();
  let silent = false;
  const kill = () => killGroup(child.pid);
  const beSilent = () => {
    silent = true;
    void kill();
  };
  let timer = setTimeout(beSilent, patience);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(beSilent, patience);
  };
  signal.addEventListener("abort", kill);
  const [out, err, { code }] = await Promise.all([
    read(child.stdout, heard),
    read(child.stderr, heard),
    child.status,
  ]);
  clearTimeout(timer);
  signal.removeEventListener("abort", kill);
  signal.throwIfAborted();
  return { code, silent, output: out + err };
}

/** Tests may have started processes: the whole group goes. */
async function killGroup(pid: number): Promise<void> {
  await new Deno.Command("kill", { args: ["-KILL", "--", `-${pid}`], stderr: "null" }).output();
}

async function read(stream: ReadableStream<Uint8Array>, heard: () => void): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    heard();
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}
