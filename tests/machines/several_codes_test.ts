/** Codes that come together are looked up one after the other, each once, and each is told. */
import { completeCode } from "../../events/code.ts";
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import type { Input } from "../../machines/flow/input.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { given, type Told } from "../given.ts";
import {
  CODE,
  codePhoto,
  codeRead,
  missed,
  OTHER_CODE,
  photo,
  presented,
  say,
  showVerdict,
  text,
  unreadable,
  verified,
} from "./samples.ts";

const chart = charts.current;
const ready = { flow: "idle", checking: "ready" };
const THIRD = completeCode("A".repeat(19));
const codes = [CODE, OTHER_CODE, THIRD];
const several: Fact = { type: "SeveralCodesPresented", codes, found: 4, via: "text" };
const read = (callId: string): Fact => ({ type: "SeveralCodesRead", callId, codes, found: 3 });
const find = (callId: string, code: string): Effect => ({
  type: "findCode",
  params: { callId, code },
});
const ends = codes.map((code) => code.slice(-4)).join(", ");
const told = (found: number): Effect => say("several_codes", { values: { found, read: 3, ends } });
const oneUnknown = (code: string): Effect =>
  say("one_unknown", { values: { end: code.slice(-4) } });
/** So many codes mistyped in the first second. */
const misses = (count: number): Told[] => Array.from({ length: count }, () => missed());

Deno.test("several codes are told of, and the first is looked up", () => {
  given(chart).when(several).reaches(ready, told(4), find("1:0", CODE));
  given(chart, codePhoto()).when(read("1:0")).reaches(ready, told(3), find("2:0", CODE));
});

Deno.test("several codes are looked up one by one, whatever became of the one before", () => {
  given(chart, several).when(verified("1:0")).reaches(ready, showVerdict, find("2:0", OTHER_CODE));
  given(chart, several).when(missed("1:0"))
    .reaches(ready, oneUnknown(CODE), find("2:0", OTHER_CODE));
  given(chart, several, verified("1:0")).when(missed("2:0"))
    .reaches(ready, oneUnknown(OTHER_CODE), find("3:0", THIRD));
  const last = [several, verified("1:0"), missed("2:0")];
  given(chart, ...last).when(verified("3:0")).reaches(ready, showVerdict);
  given(chart, ...last).when(missed("3:0")).reaches(ready, oneUnknown(THIRD));
});

Deno.test("several codes are over after the last, and a single one is told as ever", () => {
  for (const last of [verified("3:0"), missed("3:0")]) {
    const past = [several, verified("1:0"), verified("2:0"), last];
    given(chart, ...past).when(last).isRefused();
    given(chart, ...past, presented()).when(missed("5:0")).reaches(ready, say("code_unknown"));
    given(chart, ...past, presented()).when(verified("5:0")).reaches(ready, showVerdict);
  }
});

Deno.test("several codes take no answer that was not asked for", () => {
  given(chart, several).when(verified("9:0")).isRefused();
  given(chart, several, verified("1:0")).when(verified("1:0")).isRefused();
  given(chart, several, missed("1:0")).when(missed("1:0")).isRefused();
});

Deno.test("several codes that nobody has are as many misses", () => {
  const at = 14_000;
  const pauses = (past: readonly Told[]) =>
    given(chart, ...past).hearing(text(CODE), { at })
      .proposes({ type: "CheckingPaused", until: at + 60_000 });
  // Ten before the last code, and the eleventh with it.
  pauses([...misses(8), several, missed("9:0"), missed("10:0"), verified("11:0")]);
  pauses([...misses(9), several, missed("10:0"), verified("11:0"), verified("12:0")]);
  pauses([...misses(9), several, verified("10:0"), verified("11:0"), missed("12:0")]);
  const forgiven = [...misses(9), several, verified("10:0"), verified("11:0"), verified("12:0")];
  given(chart, ...forgiven).hearing(text(CODE), { at }).proposes(presented());
});

Deno.test("picture is read once, whatever it carries", () => {
  given(chart, codePhoto(), read("1:0")).when(read("1:0")).isRefused();
  given(chart, codePhoto(), unreadable("1:0")).when(unreadable("1:0")).isRefused();
  const mistyped: Fact = {
    ...{ type: "CodeMistyped", callId: "1:0", mistake: "missing", count: 1, letters: "" },
  };
  given(chart, codePhoto(), mistyped).when(mistyped).isRefused();
  given(chart, codePhoto()).when(mistyped)
    .reaches(ready, say("code_missing", { values: { count: 1 } }));
});

Deno.test("code almost right is a miss where it was typed, and none where it was read", () => {
  const mistyped = (callId: string | null): Fact => ({
    ...{ type: "CodeMistyped", callId, mistake: "missing", count: 1, letters: "" },
  });
  given(chart).when(mistyped(null))
    .reaches(ready, say("code_missing", { values: { count: 1 } }));
  const at = 13_000;
  given(chart, ...misses(9), mistyped(null)).hearing(text(CODE), { at })
    .proposes({ type: "CheckingPaused", until: at + 60_000 });
  given(chart, ...misses(9), codePhoto(), mistyped("10:0")).hearing(text(CODE), { at })
    .proposes(presented());
});

Deno.test("message whose codes were looked up is passed over when nothing new is in it", () => {
  const message = 4;
  const edited = (words: string, more: object = {}): Input => ({
    ...{ kind: "text", text: words, message, edited: true, ...more },
  });
  const ignored: Fact = { type: "EditIgnored" };
  const one: Fact = { ...presented(), message } as Fact;
  given(chart, one, verified("1:0")).hearing(edited(`${CODE}!`)).proposes(ignored);
  given(chart, { ...several, message } as Fact, ...[1, 2, 3].map((n) => missed(`${n}:0`)))
    .hearing(edited(codes.join(" "))).proposes(ignored);
  const carried: Fact = { ...codePhoto(), message } as Fact;
  given(chart, carried, codeRead("1:0"), verified("2:0")).hearing(edited(CODE)).proposes(ignored);
  given(chart, carried, read("1:0"), ...[2, 3, 4].map((n) => missed(`${n}:0`)))
    .hearing(edited(codes.join(" "))).proposes(ignored);
});

Deno.test("another picture in a message that was a check is a check, or too old for one", () => {
  const message = 4;
  const another: Input = { ...photo("another"), message, edited: true } as Input;
  const was: Fact = { ...codePhoto(), message } as Fact;
  given(chart, was, unreadable("1:0")).hearing(another)
    .proposes({ ...codePhoto("another"), message } as Fact);
  const later = Array.from({ length: 30 }, (_, i): Told[] => [
    { ...presented(), message: message + i + 1 } as Fact,
    verified(`${2 * i + 3}:0`),
  ]).flat();
  given(chart, was, unreadable("1:0"), ...later).hearing(another)
    .proposes({ type: "EditRefused", reason: "old" });
});
