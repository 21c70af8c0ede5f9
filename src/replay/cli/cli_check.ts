import type { Divergence } from "../check/divergence.ts";
import { checkLog, type CheckReport } from "../check/check_log.ts";
import { checkParts } from "../check/check_parts.ts";
import { type Command, type Desk, numberOf, type ReplayWorld, WrongUsage } from "./cli_command.ts";
import { count } from "../log/describe_state.ts";
import { exitCodes } from "../log/exit_codes.ts";
import { findStream } from "../log/find_stream.ts";
import { wrap } from "./paint.ts";
import { readLogFile } from "../log/read_log_file.ts";
import { foldedPages, measureLog, readFoldedPages } from "../log/read_pages.ts";
import { sampleStreams } from "../log/sample_streams.ts";

/** `replay check`: the check before a deploy. */
export const check: Command = {
  usage: "check <stream>… | --all | --sample N | <log.jsonl>…",
  summary: "Folds every fact by today's charts: would they decide what was decided? More: --json.",
  options: { all: { type: "boolean" }, sample: { type: "string" }, json: { type: "boolean" } },
  plan(args, flags) {
    const sample = numberOf(flags, "sample");
    const ways = [
      ...args.slice(0, 1).map((arg) => `"${arg}"`),
      ...flags.all === true ? ["--all"] : [],
      ...sample === undefined ? [] : ["--sample"],
    ];
    if (ways.length === 0) throw new WrongUsage("a stream, a file, --all or --sample is missing");
    if (ways.length > 1) throw new WrongUsage(`${ways.join(" and ")} do not go together`);
    const json = flags.json === true;
    const files = args.filter((arg) => arg.endsWith(".jsonl"));
    if (files.length > 0) {
      const stream = args.find((arg) => !files.includes(arg));
      if (stream !== undefined) {
        throw new WrongUsage(`"${stream}" is no .jsonl file, and "${files[0]}" is one`);
      }
      return { opens: "nothing", run: (desk) => checkFiles(desk, files, json) };
    }
    return { opens: "reading", run: (world) => checkStreams(world, args, sample, json) };
  },
};

/** Exported logs, without a database. */
async function checkFiles(desk: Desk, files: readonly string[], json: boolean) {
  let diverged = 0;
  for (const file of files) {
    const { header, pages } = await readLogFile(await desk.readLines(file), file);
    const report = await checkLog(foldedPages(pages), {
      charts: desk.charts,
      onProgress: (done) => desk.onProgress(done, header.facts),
      onDivergence: (divergence) => printDivergence(desk, divergence, json),
    });
    summarize(desk, report, json, file);
    diverged += report.diverged;
  }
  return diverged > 0 ? exitCodes.broken : exitCodes.whole;
}

async function checkStreams(
  world: ReplayWorld,
  asked: readonly string[],
  sample: number | undefined,
  json: boolean,
) {
  const { sql, charts, aside } = world;
  const named = await Promise.all(asked.map((stream) => findStream(world, stream)));
  const streams = sample === undefined ? named : await sampleStreams(sql, sample);
  const selected = asked.length > 0 || sample !== undefined ? { streams } : {};
  const { head, facts } = await measureLog(sql, selected.streams);
  const options = {
    charts,
    onProgress: (done: number) => world.onProgress(done, facts),
    onDivergence: (divergence: Divergence) => printDivergence(world, divergence, json),
  };
  const report = selected.streams
    ? await checkLog(readFoldedPages(sql, { ...selected, upto: head }), options)
    : await checkParts(sql, { ...options, upto: head, facts, aside });
  summarize(world, report, json, null);
  return report.diverged > 0 ? exitCodes.broken : exitCodes.whole;
}

function printDivergence(
  { print, paint, width }: Desk,
  divergence: Divergence,
  json: boolean,
): void {
  if (json) return print(JSON.stringify(divergence));
  const { stream, version, pos, type, sentence, difference } = divergence;
  print(`${paint.bold(`${stream} version ${version}`)} (pos ${pos}, ${type}): ${sentence}`);
  for (const line of difference) {
    const colour = line.startsWith("-") ? paint.bad : paint.good;
    for (const part of wrap(line, width, "  ")) print(colour(part));
  }
}

/** What was found; in `file`, unless that is null and it was a database. */
function summarize(
  { print, paint, charts }: Desk,
  report: CheckReport,
  json: boolean,
  file: string | null,
): void {
  const which = file === null ? "" : `${file}: `;
  const { facts, streams, diverged, divergences, elsewhere } = report;
  if (json) {
    print(JSON.stringify({ facts, streams, diverged, elsewhere }));
    return;
  }
  const seen = `${count(facts, "fact")} in ${count(streams, "stream")}`;
  if (elsewhere.streams > 0) {
    const { differ, example } = elsewhere;
    const begun = `${which}${count(elsewhere.streams, "stream")} begun by older charts`;
    const first = example === null ? "" : `, first ${example}`;
    print(`${begun}; ${charts.current.id} would go another way in ${differ}${first}.`);
  }
  if (diverged === 0) {
    print(paint.good(`${which}Agrees: ${seen} come out as they did.`));
    return;
  }
  const [first] = divergences;
  print(paint.bad(`${which}Diverges: ${count(diverged, "stream")} of ${seen}.`));
  if (!first) return;
  const { stream, version, sentence } = first;
  // What cannot be read cannot be walked either; what lies before it can be looked at.
  const point = sentence.startsWith("Cannot") ? `${version - 1}` : `${version} --step`;
  const look = `deno task replay run ${stream} --to ${point}`;
  if (file === null) return print(`Look: ${look}`);
  print(`Look: deno task replay import ${file} --into data/look`);
  print(`      DATA_DIR=data/look ${look}`);
}
