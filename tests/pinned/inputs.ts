/** The inputs that the pinned tables are recorded with: as they were, whatever flows come. */
import type { Action, Input } from "../../machines/flow/input.ts";
import {
  CODE,
  command,
  imageFile,
  MISTYPED,
  PERSON,
  photo,
  sha,
  sticker,
  tap,
  text,
} from "../machines/samples.ts";

const actions: Action[] = [
  { do: "issue" },
  { do: "list" },
  { do: "stats" },
  { do: "skip" },
  { do: "cancel" },
  { do: "makers" },
  { do: "invite" },
  { do: "maker", maker: PERSON },
  { do: "dismiss", maker: PERSON },
  { do: "speak", language: "en" },
  { do: "look", number: 7 },
  { do: "withdraw", number: 7 },
  { do: "confirm", number: 7 },
  { do: "confirm", number: 8 },
  { do: "restore", number: 7 },
  { do: "batch" },
  { do: "labels", number: 7 },
  { do: "batch_labels", number: 7 },
  { do: "history", number: 7 },
  { do: "correct", number: 7 },
  ...(["name", "description", "original", "packaged"] as const).map((part): Action => ({
    ...{ do: "amend", part },
  })),
  { do: "search" },
  { do: "export" },
];
/** Something of every kind that a person may do, as far as a chart tells it apart. */
export const pinnedInputs: readonly Input[] = [
  ...["start", "help", "admin", "cancel", "language", "batch", "nonsense"].map((name) =>
    command(name)
  ),
  command("language", "en"),
  command("start", `m_${sha("d")}`),
  ...["c_7", "c_0", `v_${CODE}`, `v_${MISTYPED}`].map((it) => command("start", it)),
  ...["Winter sea", "12", CODE, MISTYPED, "a".repeat(701), "\u200b"].map(text),
  ...[null, "album", "other"].flatMap((album) => [photo("x", album), imageFile("x", album)]),
  ...actions.map(tap),
  tap(null),
  sticker,
];
