/**
 * `deno task bench pictures`: what the image-fetch actor is held to, beside what it is compared
 * with, in one run. The machine may be busy: each ratio is the median of rounds that alternate.
 */
import { openPictures } from "../../src/pictures/open_pictures.ts";
import { measure } from "./measure.ts";
import { type Crowd, type Figures, figuresOf, type Who } from "./picture_crowd.ts";
import { startOrigin } from "./picture_origin.ts";

const ROUNDS = 5;

/** One line of the answer: what was wanted, what was found. */
interface Promised {
  what: string;
  found: number;
  wanted: { least: number } | { most: number };
  unit: string;
  beside: string;
}

type Origin = Awaited<ReturnType<typeof startOrigin>>;

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Runs two crowds in turn; each round's figures of both. */
async function sideBySide(
  crowd: Omit<Crowd, "who">,
  other: Who,
  rounds = ROUNDS,
): Promise<{ ours: Figures; theirs: Figures }[]> {
  const pairs = [];
  for (let round = 0; round < rounds; round++) {
    // The bare loop has as many lanes as connections, and needs no more.
    const at_once = other === "bare" ? 30 : crowd.at_once;
    const theirs = await figuresOf({ ...crowd, at_once, who: other });
    pairs.push({ theirs, ours: await figuresOf({ ...crowd, who: "ours" }) });
  }
  return pairs;
}

function ratioOf(
  pairs: readonly { ours: Figures; theirs: Figures }[],
  figure: keyof Figures,
): { found: number; beside: string } {
  const ours = median(pairs.map((pair) => pair.ours[figure]));
  const theirs = median(pairs.map((pair) => pair.theirs[figure]));
  const found = median(pairs.map((pair) => pair.ours[figure] / pair.theirs[figure]));
  return { found, beside: `${ours.toFixed(0)} beside ${theirs.toFixed(0)}` };
}

async function hits({ plain }: Origin): Promise<Promised> {
  const folder = await Deno.makeTempDir();
  const pictures = await openPictures({ folder, allow_hosts: [`127.0.0.1:${plain}`] });
  try {
    const urls = Array.from({ length: 500 }, (_, i) => `http://127.0.0.1:${plain}/${i}?size=50000`);
    const paths = await Promise.all(urls.map(async (url) => {
      const result = await pictures.get(url);
      if (result.is === "refused") throw new Error(result.sentence);
      return result.path;
    }));
    const pick = <T>(of: readonly T[]) => of[Math.floor(Math.random() * of.length)];
    const ours = async () => {
      const result = await pictures.get(pick(urls) ?? "");
      if (result.is === "refused" || result.from !== "fresh") throw new Error("No hit");
      if (await pictures.read(result) === null) throw new Error("No bytes");
    };
    const plainly = async () => void await Deno.readFile(pick(paths) ?? "");
    const rounds: { ours: number; theirs: number }[] = [];
    for (let round = 0; round < 2 * ROUNDS; round++) {
      const theirs = (await measure(16, 500, plainly)).per_second;
      rounds.push({ theirs, ours: (await measure(16, 500, ours)).per_second });
    }
    const figure = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
    return {
      what: "hits of 50 KB, 16 at once, against Deno.readFile",
      found: figure((round) => round.ours / round.theirs),
      wanted: { least: 0.8 },
      unit: "×",
      beside: `${figure(({ ours }) => ours).toFixed(0)} beside ${
        figure(({ theirs }) => theirs).toFixed(0)
      } /s`,
    };
  } finally {
    await pictures.close();
    await Deno.remove(folder, { recursive: true });
  }
}

async function cold({ plain }: Origin): Promise<Promised> {
  const crowd = { origin: `http://127.0.0.1:${plain}`, query: "?size=50000&delay_ms=20" };
  const pairs = await sideBySide({ ...crowd, count: 1_000, at_once: 100 }, "bare");
  const { found, beside } = ratioOf(pairs, "per_second");
  return {
    what: "1,000 cold pictures, 20 ms away, against bare undici",
    ...{ found, wanted: { least: 0.9 }, unit: "×", beside: `${beside} /s` },
  };
}

async function before({ delayed, plain }: Origin): Promise<Promised[]> {
  const far = { origin: `https://localhost:${delayed}`, query: "?size=50000" };
  const pairs = await sideBySide({ ...far, count: 300, at_once: 10 }, "before");
  const heavy = { origin: `http://127.0.0.1:${plain}`, query: "?size=500000&delay_ms=20" };
  const heaps = await sideBySide({ ...heavy, count: 500, at_once: 100 }, "before", 3);
  const [speed, wait] = [ratioOf(pairs, "per_second"), ratioOf(pairs, "p50_ms")];
  const memory = ratioOf(heaps, "peak_mb");
  return [{
    what: "TLS, 20 ms away, 10 at once, against a client per request",
    ...{ found: speed.found, wanted: { least: 4 }, unit: "×", beside: `${speed.beside} /s` },
  }, {
    what: "… and the time that half of them take",
    ...{ found: wait.found, wanted: { most: 0.5 }, unit: "×", beside: `${wait.beside} ms` },
  }, {
    what: "peak memory, 500 KB, 100 at once, against the same",
    ...{ found: memory.found, wanted: { most: 0.4 }, unit: "×", beside: `${memory.beside} MB` },
  }];
}

async function large({ plain }: Origin): Promise<Promised[]> {
  const origin = `http://127.0.0.1:${plain}`;
  const big = await figuresOf({
    ...{ who: "ours", origin, query: "?size=5000000", count: 500, at_once: 100 },
  });
  const wide = await figuresOf({
    ...{ who: "ours", origin: `${origin}/wide`, query: "", count: 20, at_once: 20 },
  });
  return [{
    what: "500 pictures of 5 MB, 100 at once: peak memory",
    ...{ found: big.peak_mb, wanted: { most: 300 }, unit: " MB" },
    beside: `${big.per_second.toFixed(0)} /s`,
  }, {
    what: "20 pictures of 30 megapixels resized: event loop p99 late by",
    ...{ found: wide.loop_p99_ms, wanted: { most: 50 }, unit: " ms" },
    beside: `${wide.peak_mb.toFixed(0)} MB`,
  }];
}

/** Prints every figure; resolves to whether all are met. */
export async function benchPictures(say: (line: string) => void): Promise<boolean> {
  const origin = await startOrigin();
  try {
    let met = true;
    const tell = ({ what, found, wanted, unit, beside }: Promised) => {
      const least = "least" in wanted;
      const kept = least ? found >= wanted.least : found <= wanted.most;
      met &&= kept;
      const bound = least ? `at least ${wanted.least}` : `at most ${wanted.most}`;
      const value = `${found.toFixed(unit === "×" ? 2 : 0)}${unit}`;
      say(
        `  ${what.padEnd(62)}${value.padStart(8)}  ${bound.padEnd(13)} ${
          kept ? "met" : "MISSED"
        }  (${beside})`,
      );
    };
    tell(await hits(origin));
    tell(await cold(origin));
    for (const figure of await before(origin)) tell(figure);
    for (const figure of await large(origin)) tell(figure);
    say(met ? "  All figures are met." : "  Not all figures are met.");
    return met;
  } finally {
    await origin.stop();
  }
}
