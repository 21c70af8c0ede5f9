/** What processes cost: the time that they were computing, and the memory that they hold. */

/** Deno reads nothing below /proc without every permission there is. */
function read(paths: readonly string[]): string {
  // What has ended meanwhile is left out.
  const { stdout } = new Deno.Command("cat", { args: [...paths], stderr: "null" }).outputSync();
  return new TextDecoder().decode(stdout);
}

/** The system counts in hundredths of a second. */
const TICK_MS = 10;

/** One line of /proc/<pid>/stat: the process's own time, and that of its children that ended. */
export function readStat(line: string): { parent: number; own_ms: number; ended_ms: number } {
  // The name stands in brackets, and may have spaces and brackets itself.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ").map(Number);
  const [, parent = 0] = fields;
  const ticks = (at: number) => (fields[at] ?? 0) + (fields[at + 1] ?? 0);
  return { parent, own_ms: ticks(11) * TICK_MS, ended_ms: ticks(13) * TICK_MS };
}

const statOf = (pid: number) => readStat(read([`/proc/${pid}/stat`]).trim());

/** How long a process was computing so far, with all its threads. */
export const cpuOf = (pid: number): number => statOf(pid).own_ms;

/** The process that has started this one. */
export const parentOf = (pid: number): number => statOf(pid).parent;

/** How long a process and all its children were computing, those too that have ended. */
export function familyCpuOf(pid: number): number {
  const children = read([`/proc/${pid}/task/${pid}/children`]).trim().split(" ").filter(Boolean);
  const { own_ms, ended_ms } = statOf(pid);
  const stats = read(children.map((child) => `/proc/${child}/stat`)).trim().split("\n");
  const alive_ms = stats.filter(Boolean).map((line) => readStat(line).own_ms);
  return alive_ms.reduce((sum, ms) => sum + ms, own_ms + ended_ms);
}

/** The memory of a process, in MB. */
export const rssOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(read([`/proc/${pid}/status`]))?.[1] ?? NaN) / 1024;
