import { groupCode } from "../../events/code.ts";
import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import type { Fact } from "../../events/facts.ts";
import type { Input } from "../../machines/flow/input.ts";
import { given, type Told } from "../given.ts";
import {
  CODE,
  codePhoto,
  codeRead,
  command,
  file,
  findCode,
  fired,
  imageFile,
  issueBegun,
  missed,
  MISTYPED,
  named,
  paused,
  photo,
  presented,
  provided,
  refused,
  say,
  showVerdict,
  text,
  unreadable,
  verified,
} from "./samples.ts";
import { begun, naming, packaging } from "./wizard.ts";

const chart = charts.current;
const readCode = (callId: string, name?: string): Effect => ({
  type: "readCode",
  params: { callId, file: file(name) },
});

/** So many codes mistyped in the first second. */
const misses = (count: number): Told[] => Array.from({ length: count }, () => missed());
const AT_11 = 11_000;
const pausedAt11: readonly Told[] = [...misses(10), paused(AT_11 + 60_000)];
const inPause = { flow: "idle", checking: "paused" };
const ready = { flow: "idle", checking: "ready" };

Deno.test("check looks a code up", () =>
  given(chart).when(presented()).reaches(ready, findCode("1:0")));

Deno.test("check tells what it found", () =>
  given(chart, presented()).when(verified("1:0")).reaches(ready, showVerdict));

Deno.test("check says that a code is unknown", () =>
  given(chart, presented()).when(missed("1:0")).reaches(ready, say("code_unknown")));

Deno.test("check says that a code is mistyped, without a look", () =>
  given(chart).when(missed()).reaches(ready, say("code_mistyped")));

Deno.test("check reads the code on a photo, then looks it up, then tells", () => {
  given(chart).when(codePhoto()).reaches(ready, readCode("1:0"));
  given(chart, codePhoto()).when(codeRead("1:0")).reaches(ready, findCode("2:0"));
  given(chart, codePhoto(), codeRead("1:0")).when(verified("2:0")).reaches(ready, showVerdict);
});

Deno.test("check says why a photo cannot be read", () =>
  given(chart, codePhoto()).when(unreadable("1:0")).reaches(ready, say("code_no_code")));

Deno.test("check reads two photos at once, whichever is read first", () => {
  const two = [codePhoto("one"), codePhoto("two")];
  given(chart, codePhoto("one")).when(codePhoto("two")).reaches(ready, readCode("2:0", "two"));
  given(chart, ...two).when(codeRead("2:0")).reaches(ready, findCode("3:0"));
  given(chart, ...two, codeRead("2:0"), verified("3:0"))
    .when(codeRead("1:0")).reaches(ready, findCode("5:0"));
  given(chart, ...two, unreadable("2:0")).when(codeRead("1:0")).reaches(ready, findCode("4:0"));
});

// What is heard as a check.

Deno.test("check hears a link, a code typed in groups and a photo, of anybody", () => {
  for (const admin of [true, false]) {
    given(chart).hearing(command("start", `v_${CODE}`), { admin }).proposes(presented("link"));
    given(chart).hearing(text(groupCode(CODE).toLowerCase()), { admin }).proposes(presented());
    given(chart).hearing(photo(), { admin }).proposes(codePhoto());
    given(chart).hearing(imageFile("one", "album"), { admin }).proposes(codePhoto());
  }
});

Deno.test("check hears a mistyped code and a mistyped link", () => {
  given(chart).hearing(text(MISTYPED)).proposes(missed());
  given(chart).hearing(command("start", `v_${MISTYPED}`)).proposes(missed());
  given(chart).hearing(command("start", "v_")).proposes(missed());
});

Deno.test("check hears no code in a chat", () =>
  given(chart).hearing(text("Hello, how are you?")).proposes(refused("text", "code")));

// Too many misses.

Deno.test("check is open after the 10th miss within a minute, and paused at the 11th", () => {
  given(chart, ...misses(9)).hearing(text(MISTYPED)).proposes(missed());
  for (const input of [text(MISTYPED), text(CODE), photo(), command("start", `v_${CODE}`)]) {
    given(chart, ...misses(10)).hearing(input).proposes(paused(AT_11 + 60_000));
  }
});

Deno.test("check hears what is no check after 10 misses", () => {
  given(chart, ...misses(10)).hearing(text("Hello")).proposes(refused("text", "code"));
  given(chart, ...misses(10)).hearing(command("help")).proposes({ type: "HelpAsked" });
});

Deno.test("check counts unknown codes and those read from photos as misses", () => {
  const unknown = [...misses(9), presented(), missed("10:0")];
  given(chart, ...unknown).hearing(text(CODE)).proposes(paused(72_000));
  const read = [...misses(9), codePhoto(), codeRead("10:0"), missed("11:0")];
  given(chart, ...read).hearing(text(CODE)).proposes(paused(73_000));
});

Deno.test("check counts neither genuine codes nor photos without one as misses", () => {
  const genuine = [...misses(9), presented(), verified("10:0")];
  given(chart, ...genuine).hearing(text(CODE)).proposes(presented());
  given(chart, ...misses(9), codePhoto(), unreadable("10:0")).hearing(text(CODE))
    .proposes(presented());
});

Deno.test("check forgets a miss after a minute", () => {
  const now = 100_000;
  const tenth = (before_ms: number) =>
    given(
      chart,
      ...[now - before_ms, ...Array(9).fill(now - 1000)].map((at): Told => ({ ...missed(), at })),
    );
  tenth(61_000).hearing(text(CODE), { at: now }).proposes(presented());
  tenth(60_000).hearing(text(CODE), { at: now }).proposes(presented());
  tenth(59_999).hearing(text(CODE), { at: now }).proposes(paused(now + 60_000));
});

Deno.test("check forgets old misses for good when a new one is counted", () => {
  const past = [...misses(10), { ...missed(), at: 100_000 }];
  given(chart, ...past).hearing(text(CODE), { at: 100_001 }).proposes(presented());
});

Deno.test("check pauses with a timer and says for how long", () =>
  given(chart, ...misses(10)).when(paused(AT_11 + 59_001)).reaches(
    inPause,
    { type: "startTimer", params: { callId: "11:0", after_ms: 59_001 } },
    say("checking_paused", { values: { seconds: 60 } }),
  ));

Deno.test("check sets no timer into the past", () =>
  given(chart).when(paused(0)).reaches(
    inPause,
    { type: "startTimer", params: { callId: "1:0", after_ms: 0 } },
    say("checking_paused", { values: { seconds: 0 } }),
  ));

Deno.test("check refuses codes in a pause, however they come, and answers all else", () => {
  for (const input of [photo(), text(CODE), text(MISTYPED), command("start", `v_${CODE}`)]) {
    given(chart, ...pausedAt11).hearing(input).proposes(refused(input.kind, "code", "paused"));
  }
  given(chart, ...pausedAt11).hearing(text("Hello")).proposes(refused("text", "code"));
  given(chart, ...pausedAt11).hearing(command("start")).proposes({ type: "Started" });
  given(chart, ...pausedAt11).when(refused("text", "code", "paused")).reaches(
    inPause,
    say("input_refused", { values: { kind: "text", expected: "code", reason: "paused" } }),
  );
});

Deno.test("check goes on when the pause is over, with no misses", () => {
  given(chart, ...pausedAt11).when(fired("11:0")).reaches(ready, say("checking_resumed"));
  given(chart, ...pausedAt11, fired("11:0")).hearing(text(CODE), { at: AT_11 + 1 })
    .proposes(presented());
});

Deno.test("check tells in a pause what became of photos that came before", () => {
  const past = [codePhoto(), ...misses(10), paused(90_000)];
  given(chart, ...past).when(unreadable("1:0")).reaches(inPause, say("code_no_code"));
  given(chart, ...past).when(codeRead("1:0")).reaches(inPause, findCode("13:0"));
  given(chart, ...past, codeRead("1:0")).when(verified("13:0")).reaches(inPause, showVerdict);
  given(chart, ...past, codeRead("1:0")).when(missed("13:0")).reaches(inPause, say("code_unknown"));
});

Deno.test("issue goes on in a pause of checks", () =>
  given(chart, issueBegun, ...misses(10), paused(72_000)).hearing(photo()).proposes(provided()));

// Stale answers.

Deno.test("check refuses an answer that it did not ask for", () => {
  const answers: Fact[] = [
    verified("1:0"),
    missed("1:0"),
    codeRead("1:0"),
    unreadable("1:0"),
    fired("1:0"),
  ];
  for (const fact of answers) given(chart).when(fact).isRefused();
  const unasked: Fact = { type: "CodeRefused", callId: null, reason: "unknown" };
  given(chart).when(unasked).isRefused();
  given(chart, presented()).when(unasked).isRefused();
  given(chart).when({ type: "CodeRefused", callId: "1:0", reason: "mistyped" }).isRefused();
});

Deno.test("check refuses the same answer twice", () => {
  given(chart, presented(), verified("1:0")).when(verified("1:0")).isRefused();
  given(chart, presented(), missed("1:0")).when(missed("1:0")).isRefused();
  given(chart, codePhoto(), unreadable("1:0")).when(unreadable("1:0")).isRefused();
  given(chart, codePhoto(), codeRead("1:0")).when(codeRead("1:0")).isRefused();
});

Deno.test("check refuses the answer to another call", () => {
  given(chart, presented()).when(verified("9:0")).isRefused();
  given(chart, presented()).when(missed("9:0")).isRefused();
  given(chart, codePhoto()).when(codeRead("9:0")).isRefused();
  given(chart, codePhoto()).when(unreadable("9:0")).isRefused();
});

Deno.test("check refuses a timer of another pause, and one that fires twice", () => {
  given(chart, ...pausedAt11).when(fired("9:0")).isRefused();
  given(chart, ...pausedAt11, fired("11:0")).when(fired("11:0")).isRefused();
  const again = [...pausedAt11, fired("11:0"), paused(99_000)];
  given(chart, ...again).when(fired("11:0")).isRefused();
  given(chart, ...again).when(fired("13:0")).reaches(ready, say("checking_resumed"));
});

Deno.test("check is not paused twice", () =>
  given(chart, ...pausedAt11).when(paused(99_000)).isRefused());

// Beside the flows.

Deno.test("check by text or photo goes on beside the wizard, which goes on as well", () => {
  for (const [past, state] of [[begun, "photo"], [packaging, "packaged"]] as const) {
    const next = past.length + 1;
    given(chart, ...past).hearing(text(CODE)).proposes(presented());
    given(chart, ...past).when(presented()).reaches(`issuing.${state}`, findCode(`${next}:0`));
    given(chart, ...past, presented()).when(verified(`${next}:0`))
      .reaches(`issuing.${state}`, showVerdict);
  }
});

Deno.test("check takes no name and no photo from the wizard", () => {
  given(chart, ...naming).hearing(text(CODE)).proposes(named(CODE));
  given(chart, ...begun).hearing(photo()).proposes(provided());
});

Deno.test("check begun before the wizard is told within it", () =>
  given(chart, codePhoto(), issueBegun).when(codeRead("1:0"))
    .reaches("issuing.photo", findCode("3:0")));

/** So many pictures that wait. */
const pictures = (count: number): Told[] => Array.from({ length: count }, () => codePhoto());
const declined: Fact = { type: "CodePhotoDeclined" };
const full = [...pictures(10)];
const captioned: Input = {
  ...{ kind: "photo", file: file(), album: null },
  caption: groupCode(CODE),
};
const sayFull = say("too_many_pictures", { values: { taken: 10 } });
const missedOn = (callId: string, reason: "no_code" | "too_hard" = "no_code"): Fact => ({
  type: "CodeUnreadable",
  callId,
  missed: true,
  reason,
});

Deno.test("picture beyond ten that wait is declined; a code under it is checked", () => {
  given(chart, ...pictures(9)).hearing(photo()).proposes(codePhoto());
  given(chart, ...full).hearing(photo()).proposes(declined);
  given(chart, ...full).hearing(imageFile()).proposes(declined);
  given(chart, ...full, unreadable("1:0")).hearing(photo()).proposes(codePhoto());
  given(chart, ...full).hearing(captioned).proposes(presented());
});

Deno.test("pictures that are declined are told of once, and anew when all before are read", () => {
  given(chart, ...full).when(declined).reaches(ready, sayFull);
  given(chart, ...full, declined).when(declined).reaches(ready);
  const read = full.map((_, i) => unreadable(`${i + 1}:0`));
  given(chart, ...full, declined, ...read.slice(1)).when(declined).reaches(ready);
  given(chart, ...full, declined, ...read).when(declined).reaches(ready, sayFull);
});

Deno.test("picture without a code counts as a miss, one that was not to be had does not", () => {
  const eight = misses(8);
  for (const reason of ["no_code", "too_hard"] as const) {
    given(chart, ...eight, codePhoto(), codePhoto("b"))
      .when(missedOn("9:0", reason)).reaches(ready, say(`code_${reason}`));
  }
  const both = [...eight, codePhoto(), codePhoto("b"), missedOn("9:0"), missedOn("10:0")];
  given(chart, ...both).hearing(text(CODE)).proposes(paused(13_000 + 60_000));
  const notHad = [...eight, codePhoto(), codePhoto("b"), missedOn("9:0"), unreadable("10:0")];
  given(chart, ...notHad).hearing(text(CODE)).proposes(presented());
});

Deno.test("almost a code under a picture without one counts as a miss", () => {
  const mistyped: Fact = {
    ...{ type: "CodeMistyped", callId: "10:0", missed: true },
    ...{ mistake: "missing", count: 1, letters: "" },
  };
  given(chart, ...misses(9), codePhoto(), mistyped).hearing(text(CODE)).proposes(
    paused(12_000 + 60_000),
  );
});
