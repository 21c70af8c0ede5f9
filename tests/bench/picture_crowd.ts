/**
 * So many pictures, so many at once, by ours or as it is usually done: how many a second, how
 * long one takes, and how much memory that took. Each crowd is a process of its own, so that
 * nobody's memory is another's.
 */
import { Agent } from "undici";
import { openPictures } from "../../src/pictures/open_pictures.ts";
import { onTmpfs, whyNoTmpfs } from "../pictures/tmpfs.ts";
import { BENCH_CA } from "./localhost_cert.ts";

/** `ours`; `before`, a client per request; `bare`, undici's connections and nothing else. */
export type Who = "ours" | "before" | "bare";

export interface Crowd {
  who: Who;
  /** Where the pictures are: their number is put in front of the query. */
  origin: string;
  query: string;
  count: number;
  at_once: number;
}

export interface Figures {
  per_second: number;
  p50_ms: number;
  peak_mb: number;
  loop_p99_ms: number;
}

/** What is fetched is garbage soon, so the heap is looked through before it has doubled. */
const V8_FLAGS = "--v8-flags=--max-semi-space-size=4,--heap-growing-percent=60";

type Fetch = (url: string) => Promise<void>;

async function openOurs({ origin }: Crowd, folder: string): Promise<[Fetch, () => Promise<void>]> {
  const allow_hosts = [new URL(origin).host];
  const pictures = await openPictures({ folder, allow_hosts, ca: BENCH_CA });
  return [async (url) => {
    const result = await pictures.get(url);
    if (result.is === "refused") throw new Error(result.sentence);
  }, () => pictures.close()];
}

/** As the seed did it: a client for every picture, its bytes in memory, then in a file. */
function openBefore(folder: string): [Fetch, () => Promise<void>] {
  let files = 0;
  return [async (url) => {
    using client = Deno.createHttpClient({ caCerts: [BENCH_CA] });
    const bytes = await (await fetch(url, { client })).bytes();
    await Deno.writeFile(`${folder}/${files++}`, bytes);
  }, () => Promise.resolve()];
}

function openBare(): [Fetch, () => Promise<void>] {
  const agent = new Agent({ connections: 30, allowH2: false, connect: { ca: BENCH_CA } });
  return [async (url) => {
    const { origin, pathname, search } = new URL(url);
    const { body } = await agent.request({ origin, path: pathname + search, method: "GET" });
    await body.arrayBuffer();
  }, () => agent.destroy()];
}

async function run(crowd: Crowd, folder: string): Promise<Figures> {
  const { who, origin, query, count, at_once } = crowd;
  const [fetchOne, close] = who === "ours"
    ? await openOurs(crowd, folder)
    : who === "before"
    ? openBefore(folder)
    : openBare();
  // Code that has run before, as in a bot that has been up for a while.
  await Promise.all(Array.from({ length: 200 }, (_, i) => fetchOne(`${origin}/warm${i}${query}`)));
  const took_ms: number[] = [];
  const lags_ms: number[] = [];
  const watch = watchLoop(lags_ms);
  let next = 0;
  const begin_ms = performance.now();
  await Promise.all(Array.from({ length: at_once }, async () => {
    for (let i = next++; i < count; i = next++) {
      const start_ms = performance.now();
      await fetchOne(`${origin}/${i}${query}`);
      took_ms.push(performance.now() - start_ms);
    }
  }));
  const seconds = (performance.now() - begin_ms) / 1000;
  clearInterval(watch);
  await close();
  return {
    per_second: count / seconds,
    p50_ms: at(took_ms, 0.5),
    peak_mb: peakMb(),
    loop_p99_ms: at(lags_ms, 0.99),
  };
}

const at = (values: number[], share: number) =>
  values.sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

/** How much later than it should a timer comes. */
function watchLoop(lags_ms: number[]): ReturnType<typeof setInterval> {
  const every_ms = 5;
  let last_ms = performance.now();
  return setInterval(() => {
    const now_ms = performance.now();
    lags_ms.push(Math.max(0, now_ms - last_ms - every_ms));
    last_ms = now_ms;
  }, every_ms);
}

/** The most that this process ever had in memory, as the system saw it. */
function peakMb(): number {
  // Deno reads nothing below /proc without every permission there is.
  const { stdout } = new Deno.Command("cat", { args: [`/proc/${Deno.pid}/status`] }).outputSync();
  const status = new TextDecoder().decode(stdout);
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}

/**
 * Runs a crowd in a process of its own, with the flags that `deno task pictures` has. Its files lie
 * in memory where the machine allows that: how fast a disk makes files is another matter, and
 * changes from hour to hour.
 */
export async function figuresOf(crowd: Crowd): Promise<Figures> {
  const folder = await Deno.makeTempDir();
  const command = [
    ...[Deno.execPath(), "run", "-q", "-P=bench", V8_FLAGS],
    ...[import.meta.filename ?? "", JSON.stringify(crowd), folder],
  ];
  const { stdout, stderr, success } = whyNoTmpfs() === ""
    ? await onTmpfs("4g", folder, command).output()
    : await new Deno.Command(Deno.execPath(), { args: command.slice(1) }).output();
  await Deno.remove(folder, { recursive: true });
  const text = new TextDecoder();
  if (!success) throw new Error(`The crowd ended early: ${text.decode(stderr)}`);
  return JSON.parse(text.decode(stdout));
}

if (import.meta.main) {
  const [crowd = "", folder = ""] = Deno.args;
  const figures = await run(JSON.parse(crowd), folder);
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(figures)));
  Deno.exit(0);
}
