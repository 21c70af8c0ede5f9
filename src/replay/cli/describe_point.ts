/** One point of a dialogue on a screen: the fact, the state, what it remembers, and the chat. */
import type { ChatMessage } from "../walk/chat.ts";
import { describeCircumstances, describeGuess } from "./describe_circumstances.ts";
import type { Desk } from "./cli_command.ts";
import type { Difference } from "../fold/compare_fact.ts";
import {
  describeEffect,
  describeState,
  describeTime,
  oneLine,
  withoutSeals,
} from "../log/describe_state.ts";
import { diffJson } from "../../base/diff_json.ts";
import type { Forked } from "../walk/fork_stream.ts";
import { beside, columnOf, cut, wrap } from "./paint.ts";
import type { RunPoint, StreamRun } from "../walk/run_stream.ts";

type Screen = Pick<Desk, "paint" | "width">;

/** Messages that a screen has room for. */
const CHAT_MAX = 8;

/**
 * The point, or the beginning where there is none; `last` is the last version of the stream. Where
 * that is more than `height` lines, the oldest of the chat are left out.
 */
export function describePoint(
  screen: Screen,
  stream: string,
  point: RunPoint | undefined,
  last: number,
  height = Infinity,
): string[] {
  const { paint } = screen;
  const version = point?.row.version ?? 0;
  const title = paint.bold(`${stream}  ${version}/${last}`);
  if (!point) return [title, "", "Nothing has happened yet."];
  const { circumstances } = point;
  const guess = describeGuess(circumstances);
  const head = [
    ...[title, "", ...describeFold(screen, point), ""],
    paint.bold(`The person sees, ${describeCircumstances(circumstances)}`),
    ...guess === null ? [] : wrap(guess, screen.width, "  ").map(paint.dim),
  ];
  const chat = describeChat(point.chat, version, screen);
  const room = Math.max(1, height - head.length);
  const shown = chat.length <= room
    ? chat
    : [paint.dim("  …"), ...chat.slice(chat.length - room + 1)];
  return [...head, ...shown].slice(0, height);
}

/** The fact, what came of it, and what is remembered from then on. */
function describeFold({ paint, width }: Screen, point: RunPoint): string[] {
  const { row, before, after, changes, effects, guards, differs } = point;
  const asked = guards.map(({ guard, answer }) => `${guard} ${answer ? "yes" : "no"}`);
  return [
    `${paint.bold(row.type)}  ${paint.dim(describeTime(row.at))}`,
    ...wrap(oneLine(withoutSeals(row.data)), width, "  "),
    ...wrap(
      `${describeState(before.value)} → ${describeState(after.value)}`,
      width,
      "  ",
    ).map(paint.accent),
    ...changes.flatMap(({ path, before, after }) =>
      wrap(`${path}: ${oneLine(before)} → ${oneLine(after)}`, width, "  ")
    ),
    ...asked.length > 0 ? wrap(`asked ${asked.join(", ")}`, width, "  ").map(paint.dim) : [],
    ...effects.flatMap((effect) =>
      wrap(describeEffect(JSON.parse(JSON.stringify(effect))), width, "  ").map(paint.dim)
    ),
    ...describeDifference({ paint, width }, differs, "  "),
    "",
    paint.bold("It remembers"),
    ...wrap(oneLine(after.context), width, "  "),
  ];
}

/** Where a dialogue first goes another way than it went; nothing where it does not. */
export function describeDifference(
  { paint, width }: Screen,
  differs: Difference | null,
  indent: string,
): string[] {
  if (!differs) return [];
  return [
    ...wrap(`From here on it goes another way: ${differs.sentence}`, width, indent).map(paint.bad),
    ...differs.difference.flatMap((line) =>
      wrap(line, width, indent).map(line.startsWith("-") ? paint.bad : paint.good)
    ),
  ];
}

/** The newest messages of a chat; what was said at `version` stands out. */
export function describeChat(
  chat: readonly ChatMessage[],
  version: number,
  { paint, width }: Screen,
): string[] {
  if (chat.length === 0) return ["  (an empty chat)"];
  const shown = chat.slice(-CHAT_MAX);
  const earlier = chat.length - shown.length;
  return [
    ...earlier > 0 ? [paint.dim(`  … ${earlier} earlier`)] : [],
    ...shown.flatMap((message, i) => {
      const isNew = message.version === version;
      const bar = isNew ? paint.accent("┃") : paint.dim("│");
      const lines = wrap(textOf(message), width - 4).map((line) => `  ${bar} ${line}`.trimEnd());
      return i === 0 ? lines : ["", ...lines];
    }),
  ];
}

function textOf({ text, buttons, pictures, note }: ChatMessage): string {
  return [
    ...pictures.map((picture) => `[${picture}]`),
    ...text === "" ? [] : [note ? `(${text})` : text],
    ...buttons.map((row) => row.map((label) => `[ ${label} ]`).join(" ")),
  ].join("\n");
}

/** What happened after a point, beside what would have. */
export function describePointAndFork(
  screen: Screen,
  before: StreamRun,
  rest: StreamRun,
  forked: Forked,
): string[] {
  const { paint, width } = screen;
  const room = columnOf(width);
  const column = (title: string, run: StreamRun) => {
    const point = run.points.at(-1) ?? before.points.at(-1);
    return [
      paint.bold(title),
      ...run.points.flatMap(({ row, after }) => [
        cut(`${row.version} ${row.type} ${oneLine(withoutSeals(row.data))}`, room),
        paint.accent(cut(`  ${describeState(after.value)}`, room)),
      ]),
      ...run.points.length === 0 ? ["(nothing)"] : [],
      "",
      paint.bold("The person sees"),
      ...describeChat(point?.chat ?? [], 0, { paint, width: room }),
    ];
  };
  const from = before.points.at(-1);
  const [was, is] = [rest, forked].map(({ points }) => (points.at(-1) ?? from)?.after.context);
  const changes = diffJson(was, is);
  const diverging = [...before.points, ...rest.points].find(({ differs }) => differs !== null);
  const guess = [forked, rest, before]
    .map(({ points }) => points.at(-1)?.circumstances)
    .find((circumstances) => circumstances?.known === false);
  const aside = diverging
    ? `By today's charts the original goes another way from version ${diverging.row.version} on: ` +
      `${diverging.differs?.sentence}.`
    : "";
  return [
    `After version ${from?.row.version ?? 0}, ${describeState(from?.after.value ?? {})}:`,
    "",
    ...beside(column("As it happened", rest), column("The fork", forked), width),
    "",
    ...forked.refused.map((sentence) => paint.bad(`Refused: ${sentence}`)),
    ...guess ? wrap(describeGuess(guess) ?? "", width).map(paint.dim) : [],
    ...aside === "" ? [] : wrap(aside, width).map(paint.bad),
    paint.bold(changes.length === 0 ? "Both remember the same." : "At the end they differ in"),
    ...changes.flatMap(({ path, before, after }) =>
      wrap(`${path}: ${oneLine(before)} | ${oneLine(after)}`, width, "  ")
    ),
    "Nothing was written.",
  ];
}
