import {
  type Command,
  type Desk,
  type Flags,
  numberOf,
  printLines,
  refuseMore,
  type ReplayWorld,
  textOf,
  WrongUsage,
} from "./cli_command.ts";
import { count } from "../log/describe_state.ts";
import { exitCodes } from "../log/exit_codes.ts";
import {
  compareHeadRecord,
  makeHeadRecord,
  readHeadRecord,
  writeHeadRecord,
} from "../verify/head_record.ts";
import { readLogFile } from "../log/read_log_file.ts";
import { type FileReport, verifyFile } from "../verify/verify_file.ts";
import { verifyLog, type VerifyReport } from "../verify/verify.ts";

/** `replay verify`: nothing was lost and nothing was changed. */
export const verify: Command = {
  usage: "verify [--all] [--from POS] | --head | --against FILE | <log.jsonl>…",
  summary: "Proves the log and what is kept beside it; --head prints a record to publish, " +
    "--against compares one.",
  options: {
    all: { type: "boolean" },
    from: { type: "string" },
    head: { type: "boolean" },
    against: { type: "string" },
  },
  plan(args, flags) {
    const from = numberOf(flags, "from", 0);
    const against = textOf(flags, "against");
    const [one, other] = (["head", "against", "all", "from"] as const)
      .filter((name) => flags[name] !== undefined);
    const [file] = args;
    const stray = args.filter((arg) => !arg.endsWith(".jsonl"));
    refuseMore(stray);
    if (file !== undefined) {
      if (one !== undefined) throw new WrongUsage(`"${file}" and --${one} do not go together`);
      return { opens: "nothing", run: (desk) => runVerifyFiles(desk, args) };
    }
    if (other !== undefined) throw new WrongUsage(`--${one} and --${other} do not go together`);
    if (flags.head) return { opens: "reading", run: printHead };
    // The read models are derived again in a schema of their own, which is gone afterwards.
    return { opens: "writing", run: (world) => runVerify(world, from ?? 0, against) };
  },
};

async function runVerifyFiles(desk: Desk, files: readonly string[]) {
  const { charts, print, onProgress } = desk;
  let broken = 0;
  for (const file of files) {
    const log = await readLogFile(await desk.readLines(file), file);
    const onFact = (done: number) => onProgress(done, log.header.facts);
    const report = await verifyFile(log, { charts, onFact });
    for (const line of describeFile(file, log.header.complete, report)) print(line);
    broken += report.fault_count;
  }
  return broken > 0 ? exitCodes.broken : exitCodes.whole;
}

function describeFile(file: string, complete: boolean, report: FileReport): string[] {
  const { facts, streams, photos, faults, fault_count } = report;
  const seen = `${count(facts, "fact")} in ${count(streams, "stream")}`;
  const what = `${complete ? "positions, " : ""}chains, schemas and charts`;
  const verdict = fault_count === 0 ? [`${file}: Whole: ${seen}; ${what} agree.`] : [
    `${file}: Broken: ${count(fault_count, "fault")} in ${seen}; the first is`,
    ...faults.map((fault) => `  ${fault}`),
    ...fault_count > faults.length ? [`  … and ${fault_count - faults.length} more`] : [],
  ];
  return [
    ...verdict,
    `Not looked at, as a log's file has facts alone: the photos of ${count(photos, "fact")}, ` +
    "people and what is sealed, read models, snapshots, causes, tasks" +
    `${complete ? "" : ", and the rest of the log that it is a part of"}.`,
  ];
}

async function printHead(world: ReplayWorld) {
  printLines(world, writeHeadRecord(await makeHeadRecord(world.sql, world.now())));
  return exitCodes.whole;
}

async function runVerify(world: ReplayWorld, from: number, against: Flags[string]) {
  const { sql, charts, projections, migrations, print, onProgress } = world;
  const record = typeof against === "string" ? readHeadRecord(await world.readText(against)) : null;
  const people = await world.people();
  const report = await verifyLog(sql, {
    charts,
    projections,
    migrations,
    onProgress,
    from,
    ...people ? { opens: people.opens, opensKey: people.opensKey } : {},
  });
  for (const line of describeReport(report, from)) print(line);
  const changed = record ? await compareHeadRecord(sql, record) : [];
  if (record) {
    const upto = `History up to position ${record.pos}`;
    if (changed.length === 0) print(`${upto} is what it was on ${record.at}.`);
    else print(`${upto} is not what it was on ${record.at}: ${changed.join("; ")}.`);
  } else if (report.fault_count === 0) print(BEYOND);
  return report.fault_count + changed.length > 0 ? exitCodes.broken : exitCodes.whole;
}

function describeReport(report: VerifyReport, from: number): string[] {
  const { facts, streams, faults, fault_count, seals } = report;
  const after = from === 0 ? "" : ` after position ${from}`;
  const seen = `${count(facts, "fact")} in ${count(streams, "stream")}${after}`;
  if (fault_count === 0) {
    const tables = count(report.projections?.length ?? 0, "read model");
    const opened = seals === null
      ? "What is sealed was not opened, as there is no PII_KEY."
      : `${count(seals, "sealed text")} opened.`;
    return [
      `Whole: ${seen}; positions, chains, schemas and charts agree, and so do ${tables}.`,
      ...describeKept(report),
      opened,
    ];
  }
  const more = fault_count - faults.length;
  return [
    `Broken: ${count(fault_count, "fault")} in ${seen}; the first is`,
    ...faults.map((fault) => `  ${fault}`),
    ...more > 0 ? [`  … and ${more} more`] : [],
    ...describeMend(report),
  ];
}

function describeKept({ kept }: VerifyReport): string[] {
  if (kept === null) return [];
  const { photos, imported } = kept;
  const imports = `${count(imported, "fact")} of it ${imported === 1 ? "was" : "were"} imported`;
  return [
    `${count(photos, "photo")} as they were kept; tables, triggers, snapshots, causes, tasks and ` +
    "people are as they must be.",
    ...imported === 0
      ? []
      : [`${imports}, without photos, people and tasks: those were not missed.`],
  ];
}

/** What a log cannot tell of itself. */
const BEYOND = "This cannot show that the newest facts were cut off together with all that knew " +
  "of them, nor that chains were written anew with hashes that fit. A head that was published " +
  "shows both: verify --head now, verify --against it later.";

function describeMend({ projections }: VerifyReport): string[] {
  if (projections === null) {
    return ["The read models were not compared, as the log itself is broken."];
  }
  const differing = projections.some(({ differing }) => differing > 0);
  const rebuild = "deno task replay rebuild mends the read models.";
  return [`The log itself is whole${differing ? `: ${rebuild}` : "."}`];
}
