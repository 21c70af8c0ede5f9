import { type Command, type Desk, type Flags, type ReplayWorld, textOf } from "./cli_command.ts";
import { count } from "../log/describe_state.ts";
import { exitCodes } from "../log/exit_codes.ts";
import { exportLog } from "../log/export_log.ts";
import { findStream } from "../log/find_stream.ts";
import { importLog } from "../move/import_log.ts";
import { readLogFile } from "../log/read_log_file.ts";
import { openRedactor } from "../move/redact_log.ts";

/** `replay export`: a log, or some of its dialogues, as lines of JSON. */
export const exporting: Command = {
  usage: "export <stream>… | --all [--redact] > log.jsonl",
  summary: "Facts as lines of JSON; --redact puts stand-ins for all that tells of somebody.",
  options: { all: { type: "boolean" }, redact: { type: "boolean" } },
  plan(streams, flags) {
    if ((streams.length === 0) !== (flags.all === true)) return null;
    return { opens: "reading", run: (world) => runExport(world, streams, flags) };
  },
};

async function runExport(world: ReplayWorld, asked: readonly string[], { all, redact }: Flags) {
  const { sql, charts, print, note, onProgress } = world;
  const streams = await Promise.all(asked.map((stream) => findStream(sql, stream)));
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const lines = exportLog(sql, {
    ...all ? {} : { streams },
    ...redact ? { redact: openRedactor(charts, secret) } : {},
    onProgress,
  });
  for await (const line of lines) print(line);
  if (!redact) note("The file holds what people wrote. --redact leaves that out.");
  return exitCodes.whole;
}

/** `replay import`: an exported log into an empty database. */
export const importing: Command = {
  usage: "import <log.jsonl> --into URL",
  summary: "An exported log into an empty database: postgres://…, or a folder for DATA_DIR.",
  options: { into: { type: "string" } },
  plan([file, ...rest], flags) {
    const into = textOf(flags, "into");
    if (file === undefined || rest.length > 0 || into === undefined) return null;
    return { opens: "nothing", run: (desk) => runImport(desk, file, into) };
  },
};

async function runImport(desk: Desk, file: string, into: string) {
  const { print, projections, onProgress } = desk;
  const log = await readLogFile(await desk.readLines(file), file);
  const imported = await desk.inPlace(
    into,
    (sql) => importLog(sql, log, { projections, onProgress }),
  );
  const { redacted, complete } = log.header;
  const what = `${complete ? "a" : "part of a"} ${redacted ? "redacted " : ""}log`;
  const { facts, streams } = imported;
  print(
    `Imported ${what}: ${count(facts, "fact")} in ${count(streams, "stream")}. ` +
      "Now: deno task replay check --all",
  );
  return exitCodes.whole;
}
