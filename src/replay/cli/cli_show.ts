import type { Json } from "../../base/json.ts";
import {
  type Command,
  type Flags,
  numberOf,
  refuseMore,
  type ReplayWorld,
  required,
  WrongUsage,
} from "./cli_command.ts";
import { type EffectDelivery } from "../walk/deliveries.ts";
import {
  describeEffect,
  describeState,
  describeTime,
  oneLine,
  withoutSeals,
} from "../log/describe_state.ts";
import { describeEnvelope } from "./describe_circumstances.ts";
import { describeCheck } from "../walk/checks.ts";
import { describeDifference } from "./describe_point.ts";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";
import { findStream } from "../log/find_stream.ts";
import { wrap } from "./paint.ts";
import { type ShownEffect, type ShownFact, showStream } from "../walk/show_stream.ts";

/** `replay show`: a dialogue, fact by fact. */
export const show: Command = {
  usage: "show <stream> [--from V] [--to V]",
  summary:
    "Each fact: state, changes, guards, effects, what Telegram said. More: --unseal, --json.",
  options: {
    from: { type: "string" },
    to: { type: "string" },
    unseal: { type: "boolean" },
    json: { type: "boolean" },
  },
  plan([named, ...rest], flags) {
    const stream = required(named, "<stream>");
    refuseMore(rest);
    const [from, to] = [numberOf(flags, "from"), numberOf(flags, "to")];
    if (from !== undefined && to !== undefined && from > to) {
      throw new WrongUsage(`--from ${from} lies behind --to ${to}`);
    }
    return { opens: "reading", run: (world) => runShow(world, stream, { from, to }, flags) };
  },
};

async function runShow(
  world: ReplayWorld,
  asked: string,
  { from, to }: { from: number | undefined; to: number | undefined },
  flags: Flags,
) {
  const { sql, charts, cards, print, note } = world;
  const stream = await findStream(world, asked);
  const shown = await showStream(sql, stream, {
    charts,
    cards,
    ...from === undefined ? {} : { from },
    ...to === undefined ? {} : { to },
    ...flags.unseal ? { unseal: await unsealerOf(world, stream) } : {},
  });
  if (flags.json) {
    for (const fact of shown) print(JSON.stringify(fact));
    return exitCodes.whole;
  }
  print(world.paint.bold(stream));
  for (const fact of shown) for (const line of describeFact(world, fact)) print(line);
  if (shown.length === 0) note("There are no facts between these versions.");
  return exitCodes.whole;
}

async function unsealerOf(world: ReplayWorld, stream: string) {
  const people = await world.people();
  if (people === null) {
    throw new CannotReplay(
      "Cannot unseal: there is no key. Set PII_KEY, or DATA_DIR to the folder with pii.key",
      exitCodes.bad_config,
    );
  }
  await world.onUnseal(stream);
  return people.unseal;
}

/** One fact in a few lines; the first without an indent. */
export function describeFact(
  { paint, width }: Pick<ReplayWorld, "paint" | "width">,
  { row, data, before, after, changes, guards, effects, differs, check, tap }: ShownFact,
): string[] {
  const indent = "       ";
  const body = (text: string, colour = (line: string) => line) =>
    wrap(text, width, indent).map(colour);
  const number = String(row.version).padStart(5);
  const [was, is] = [describeState(before.value), describeState(after.value)];
  const asked = guards.map(({ guard, answer }) => `${guard} ${answer ? "yes" : "no"}`);
  return [
    "",
    `${paint.bold(number)}  ${paint.bold(row.type)}  ${paint.dim(describeTime(row.at))}`,
    ...isEmpty(data) ? [] : body(oneLine(withoutSeals(data))),
    ...check ? body(`${describeCheck(check)}; the first was ${describeTime(check.first_at)}`) : [],
    ...body(was === is ? is : `${was} → ${is}`, paint.accent),
    ...changes.flatMap(({ path, before, after }) =>
      body(`${path}: ${oneLine(before)} → ${oneLine(after)}`)
    ),
    ...asked.length > 0 ? body(`asked ${asked.join(", ")}`, paint.dim) : [],
    ...effects.flatMap((effect) => {
      const [line, colour] = describeShown(effect);
      return body(line, paint[colour]);
    }),
    ...describeDifference({ paint, width }, differs, indent),
    ...tap ? body(`tap answered: ${describeDelivery(tap)}`, paint.dim) : [],
    ...body(describeEnvelope(row.envelope), paint.dim),
    ...body(`because of ${row.causation}, position ${row.pos}, ${row.machine}`, paint.dim),
  ];
}

function describeShown({ effect, kind, delivery }: ShownEffect): [string, "good" | "bad" | "dim"] {
  const named = `${kind} ${describeEffect(JSON.parse(JSON.stringify(effect)))}`;
  if (kind === "ask") return [`${named}: answered at once`, "dim"];
  if (effect.type === "toast") return [`${named}: with the answer to the tap`, "dim"];
  if (!delivery) return [`${named}: nothing is known of it`, "dim"];
  return [`${named}: ${describeDelivery(delivery)}`, delivery.is === "refused" ? "bad" : "good"];
}

/** "done as message 812 after 1 try" */
export function describeDelivery({ is, tries, messages, words }: EffectDelivery): string {
  const as = messages.length === 0
    ? ""
    : ` as message${messages.length === 1 ? "" : "s"} ${messages.join(", ")}`;
  const after = tries === 1 ? "1 try" : `${tries} tries`;
  return `${is}${as} after ${after}${words === null ? "" : ` (${words})`}`;
}

const isEmpty = (data: Json): boolean => oneLine(data) === "{}";
