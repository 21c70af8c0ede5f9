/** Inputs for walking a chart through all that it can do, as its flows define them. */
import { flows } from "../../machines/dialogue.ts";
import type { Action, Input } from "../../machines/flow/input.ts";
import { objectsOf } from "../events/samples_of.ts";
import {
  CODE,
  command,
  file,
  imageFile,
  MISTYPED,
  OTHER_CODE,
  photo,
  sha,
  sticker,
  tap,
  text,
} from "./samples.ts";

/** What may stand behind a command, or behind the beginning of a start's payload. */
const ARGUMENTS = ["", "en", "7", "0", CODE, MISTYPED, sha("d")];

/** In no album, in one, in another: named as Telegram names them, which is no word to a walk. */
const ALBUMS = [null, "13", "14"];

/** Every command of every flow. */
export const commandNames: readonly string[] = [
  ...new Set(flows.flatMap(({ commands = {}, everywhere = {} }) => [
    ...Object.keys(commands),
    ...Object.keys(everywhere.commands ?? {}),
  ])),
];

/** Every beginning of a start's payload that a flow hears. */
export const startBeginnings: readonly string[] = flows
  .flatMap(({ everywhere = {} }) => Object.keys(everywhere.starts ?? {}))
  .filter((beginning) => beginning !== "");

/** Every button of every flow, with samples of what it carries. */
export const everyAction: readonly Action[] = flows.flatMap(({ buttons = [] }) =>
  buttons.flatMap(({ name, fields }) =>
    objectsOf(fields, {}, name).map((data) => ({ ...data, do: name }))
  )
);

const numbered = (input: Input, message: number): Input => ({ ...input, message }) as Input;
const edited = (input: Input, message: number): Input =>
  ({ ...numbered(input, message), edited: true }) as Input;

/** What came later: messages by their numbers, changed ones, captions, several codes, almost one. */
const laterInputs: readonly Input[] = [
  // No name, so that a name and a description are told in messages of their own.
  numbered(text("A sea in winter. ".repeat(6)), 6),
  edited(text("Summer sea"), 6),
  numbered(text("Winter sea"), 1),
  numbered(text("12"), 2),
  numbered(photo("x"), 3),
  edited(text("Summer sea"), 1),
  edited(text("24"), 2),
  edited(photo("y"), 3),
  edited(text(CODE), 4),
  edited(text("Winter sea"), 1),
  edited(command("help"), 5),
  text(`${CODE} ${OTHER_CODE}`),
  text(CODE.slice(1)),
  { kind: "other", what: "voice", caption: "Winter sea" },
  { kind: "photo", file: file("x"), album: null, caption: CODE },
  { kind: "photo", file: file("x"), album: null, caption: "A sea in winter. ".repeat(6) },
];

/** Something of every kind that a person may do, as far as a chart tells it apart. */
export const everyInput: readonly Input[] = [
  // First, so that a walk finds states in which messages have numbers.
  ...laterInputs,
  ...[...commandNames, "nonsense"].flatMap((name) => ["", "en"].map((it) => command(name, it))),
  ...startBeginnings.flatMap((it) => ARGUMENTS.map((more) => command("start", `${it}_${more}`))),
  ...["Winter sea", "12", CODE, MISTYPED, "a".repeat(701), "\u200b"].map(text),
  ...ALBUMS.flatMap((album) => [photo("x", album), imageFile("x", album)]),
  ...everyAction.map(tap),
  tap(null),
  sticker,
];

/** Those that the first chart was told with. */
export const releasedInputs: readonly Input[] = everyInput.slice(laterInputs.length);
