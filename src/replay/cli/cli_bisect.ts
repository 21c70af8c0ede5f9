import { bisectStream } from "../walk/bisect_stream.ts";
import {
  type Command,
  numberOf,
  refuseMore,
  type ReplayWorld,
  required,
  textOf,
} from "./cli_command.ts";
import { describeFact } from "./cli_show.ts";
import { readCondition } from "../walk/condition.ts";
import { exitCodes } from "../log/exit_codes.ts";
import { findStream } from "../log/find_stream.ts";
import { showStream } from "../walk/show_stream.ts";
import { readStream } from "../log/read_pages.ts";
import { walkStream } from "../walk/walk_stream.ts";

/** `replay bisect`: the fact that brought something about. */
export const bisect: Command = {
  usage: "bisect <stream> --good V --bad V --when 'expression'",
  summary: "The first fact after which it holds, in CEL: context.misses.size() > 3. More: --json.",
  options: {
    good: { type: "string" },
    bad: { type: "string" },
    when: { type: "string" },
    json: { type: "boolean" },
  },
  plan([named, ...rest], flags) {
    const stream = required(named, "<stream>");
    refuseMore(rest);
    const good = required(numberOf(flags, "good", 0), "--good");
    const bad = required(numberOf(flags, "bad"), "--bad");
    const when = required(textOf(flags, "when"), "--when");
    return {
      opens: "reading",
      run: (world) => runBisect(world, stream, { good, bad, when }, flags.json === true),
    };
  },
};

async function runBisect(
  world: ReplayWorld,
  asked: string,
  { good, bad, when }: { good: number; bad: number; when: string },
  json: boolean,
) {
  const { sql, charts, cards, print } = world;
  const holds = readCondition(when);
  const stream = await findStream(world, asked);
  const { moments } = walkStream(charts, await readStream(sql, stream, bad));
  const { row: { version } } = bisectStream(moments, { good, bad, holds });
  const [first] = await showStream(sql, stream, { charts, cards, from: version, to: version });
  if (!first) return exitCodes.missing;
  if (json) {
    print(JSON.stringify(first));
    return exitCodes.whole;
  }
  print(`From version ${version} on it holds: ${when}`);
  for (const line of describeFact(world, first)) print(line);
  return exitCodes.whole;
}
