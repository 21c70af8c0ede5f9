import {
  type Command,
  type Desk,
  type Flags,
  refuseMore,
  type ReplayWorld,
  required,
  textOf,
  WrongUsage,
} from "./cli_command.ts";
import { count } from "../log/describe_state.ts";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";
import { exportLog } from "../log/export_log.ts";
import { findStream } from "../log/find_stream.ts";
import { countMissing, importLog, type Missing } from "../move/import_log.ts";
import { readLogFile } from "../log/read_log_file.ts";
import { openRedactor } from "../move/redact_log.ts";

/** `replay export`: a log, or some of its dialogues, as lines of JSON. */
export const exporting: Command = {
  usage: "export <stream>… | --all [--redact] > log.jsonl",
  summary: "Facts as lines of JSON; --redact puts stand-ins for all that tells of somebody.",
  options: { all: { type: "boolean" }, redact: { type: "boolean" } },
  plan(streams, flags) {
    const [stream] = streams;
    if (stream === undefined && !flags.all) throw new WrongUsage("a stream or --all is missing");
    if (stream !== undefined && flags.all) {
      throw new WrongUsage(`"${stream}" and --all do not go together`);
    }
    return { opens: "reading", run: (world) => runExport(world, streams, flags) };
  },
};

async function runExport(world: ReplayWorld, asked: readonly string[], { all, redact }: Flags) {
  const { sql, charts, print, note, onProgress } = world;
  const streams = await Promise.all(asked.map((stream) => findStream(world, stream)));
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const lines = exportLog(sql, {
    ...all ? {} : { streams },
    ...redact ? { redact: openRedactor(charts, secret) } : {},
    onProgress,
  });
  for await (const line of lines) print(line);
  if (!redact) note("The file holds what people wrote. --redact leaves that out.");
  note("Photos, and people's names and keys, are not in it.");
  return exitCodes.whole;
}

/** `replay import`: an exported log into an empty database. */
export const importing: Command = {
  usage: "import <log.jsonl> --into URL",
  summary: "An exported log into an empty database: postgres://…, or a folder for DATA_DIR.",
  options: { into: { type: "string" } },
  plan([named, ...rest], flags) {
    const file = required(named, "<log.jsonl>");
    refuseMore(rest);
    const into = required(textOf(flags, "into"), "--into");
    return { opens: "nothing", run: (desk) => runImport(desk, file, into) };
  },
};

const ADDRESS = /^\w[\w+.-]+:\/\//;

async function runImport(desk: Desk, file: string, into: string) {
  const { print, note, projections, onProgress } = desk;
  if (ADDRESS.test(into) && !/^postgres(ql)?:/.test(into)) {
    throw new CannotReplay(
      `Cannot import into ${into}: that is no database. --into takes postgres://…, or a folder`,
      exitCodes.unreadable,
    );
  }
  const log = await readLogFile(await desk.readLines(file), file);
  const { imported, missing } = await desk.inPlace(into, async (sql) => {
    note(`${file} holds facts alone: no photos, and of people neither names nor the keys to them.`);
    const imported = await importLog(sql, log, { projections, onProgress });
    return { imported, missing: await countMissing(sql) };
  });
  const { redacted, complete } = log.header;
  const what = `${complete ? "a" : "part of a"} ${redacted ? "redacted " : ""}log`;
  const { facts, streams } = imported;
  print(
    `Imported ${what}: ${count(facts, "fact")} in ${count(streams, "stream")}. ` +
      "Now: deno task replay check --all",
  );
  for (const sentence of describeMissing(missing)) note(sentence);
  return exitCodes.whole;
}

/** What will not be seen for that. */
function describeMissing({ photos, people }: Missing): string[] {
  const missing = [
    ...photos > 0 ? [count(photos, "photo")] : [],
    ...people > 0 ? [`${people.toLocaleString("en")} ${people === 1 ? "person" : "people"}`] : [],
  ];
  if (missing.length === 0) return [];
  return [
    `Missing: ${
      missing.join(" and ")
    }. A photo is told by its hash, and what is sealed stays so; ` +
    "all else can be walked, forked and checked. A backup of the database holds them too.",
  ];
}
