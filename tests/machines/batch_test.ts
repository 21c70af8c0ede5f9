import { BATCH_MAX, BATCH_MIN } from "../../events/batch.ts";
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { given, type Told } from "../given.ts";
import {
  adminRefused,
  ask,
  cancelled,
  CARD,
  clear,
  CODE,
  command,
  described,
  findCode,
  issueBegun,
  kept,
  named,
  packagedProvided,
  PERSON,
  presented,
  provided,
  refused,
  say,
  sha,
  skipped,
  tap,
  text,
  toast,
} from "./samples.ts";

const chart = charts.current;
const BATCH = "0191e2f0-0000-7000-8000-0000000000ba";
const begun: Fact = { type: "BatchBegun" };
/** As it is heard today. */
const shown: Fact = { type: "BatchBegun", preview: true };
const copies = (copies: number): Fact => ({ type: "CopiesChosen", copies });
/** A batch's wizard up to its last question; the next fact is the eighth. */
const packaging = (count: number): readonly Told[] => [
  ...[begun, copies(count), provided(), kept("3:0"), named(), described()],
];
const continued = (callId: string): Fact => ({ type: "BatchContinued", callId });
const stopped = (callId: string): Fact => ({ type: "BatchStopped", callId });
const editions = (callId: string, from: number, upto: number, of: number): Fact => ({
  ...{ type: "EditionsIssued", callId, batch: BATCH, editions: of },
  ...{ name: "Winter sea", description: "Oil, 1999", original: sha(), packaged: null },
  maker: PERSON,
  cards: Array.from({ length: upto - from + 1 }, (_, i) => ({
    ...{ card: CARD, code: CODE, edition: from + i },
  })),
});

const continueBatch = (callId: string): Effect => ({ type: "continueBatch", params: { callId } });
const progress = (done: number, of: number): Effect => ({
  type: "showProgress",
  params: { done, of },
});
const issueEditions = (
  callId: string,
  batch: string | null,
  from: number,
  count: number,
  of: number,
): Effect => ({
  type: "issueEditions",
  params: {
    ...{ callId, batch, editions: of, name: "Winter sea", description: "Oil, 1999" },
    ...{ original: sha(), packaged: null, from, count },
  },
});
const showBatch: Effect = { type: "showBatch", params: { batch: BATCH } };

Deno.test("batch asks first of how many cards", () =>
  given(chart).when(begun).reaches("issuing.copies", ask("ask_copies")));

Deno.test("batch then asks for what a card has", () => {
  given(chart, begun).when(copies(24)).reaches("issuing.photo", ask("ask_photo"));
  given(chart, begun, copies(24), provided()).when(kept("3:0"))
    .reaches("issuing.name", ask("ask_name"));
});

Deno.test("batch begins to be issued when all is known, and frees its maker", () =>
  given(chart, ...packaging(24)).when(skipped)
    .reaches("idle", continueBatch("7:0"), progress(0, 24), clear));

Deno.test("batch with a photo of the package begins when that is kept", () =>
  given(chart, ...packaging(24), packagedProvided).when(kept("7:0", "b"))
    .reaches("idle", continueBatch("8:0"), progress(0, 24), clear));

Deno.test("batch's cards are asked for some at a time, until all exist", () => {
  const ordered = [...packaging(24), skipped];
  given(chart, ...ordered).when(continued("7:0"))
    .reaches("idle", issueEditions("8:0", null, 1, 10, 24));
  const first = [...ordered, continued("7:0"), editions("8:0", 1, 10, 24)];
  given(chart, ...ordered, continued("7:0")).when(editions("8:0", 1, 10, 24))
    .reaches("idle", continueBatch("9:0"), progress(10, 24));
  given(chart, ...first).when(continued("9:0"))
    .reaches("idle", issueEditions("10:0", BATCH, 11, 10, 24));
  const second = [...first, continued("9:0"), editions("10:0", 11, 20, 24)];
  given(chart, ...second).when(continued("11:0"))
    .reaches("idle", issueEditions("12:0", BATCH, 21, 4, 24));
  given(chart, ...second, continued("11:0")).when(editions("12:0", 21, 24, 24))
    .reaches("idle", progress(24, 24), showBatch);
});

Deno.test("batch of two takes one step, the largest takes eight", () => {
  given(chart, ...packaging(BATCH_MIN), skipped).when(continued("7:0"))
    .reaches("idle", issueEditions("8:0", null, 1, 2, 2));
  given(chart, ...packaging(BATCH_MAX), skipped).when(continued("7:0"))
    .reaches("idle", issueEditions("8:0", null, 1, 63, 500));
});

Deno.test("batch goes on beside a check and beside the next card", () => {
  const ordered = [...packaging(24), skipped];
  given(chart, ...ordered).when(presented()).reaches("idle", findCode("8:0"));
  given(chart, ...ordered, issueBegun).when(continued("7:0"))
    .reaches("issuing.photo", issueEditions("9:0", null, 1, 10, 24));
});

Deno.test("batch whose maker lost the right ends, and says how far it came", () => {
  const ordered = [...packaging(24), skipped];
  given(chart, ...ordered, continued("7:0")).when(stopped("8:0"))
    .reaches("idle", say("batch_stopped", { values: { done: 0, of: 24 } }));
  const first = [...ordered, continued("7:0"), editions("8:0", 1, 10, 24), continued("9:0")];
  given(chart, ...first).when(stopped("10:0"))
    .reaches("idle", say("batch_stopped", { values: { done: 10, of: 24 } }));
});

Deno.test("batch takes no answer twice, and none that it did not ask for", () => {
  const ordered = [...packaging(24), skipped];
  for (const past of [[], ordered.slice(0, -1), [...ordered, continued("7:0")]]) {
    given(chart, ...past).when(continued("7:0")).isRefused();
  }
  given(chart, ...ordered).when(continued("6:0")).isRefused();
  given(chart, ...ordered).when(editions("7:0", 1, 10, 24)).isRefused();
  given(chart, ...ordered).when(stopped("7:0")).isRefused();
  const first = [...ordered, continued("7:0"), editions("8:0", 1, 10, 24)];
  given(chart, ...first).when(editions("8:0", 1, 10, 24)).isRefused();
  given(chart, ...first).when(continued("7:0")).isRefused();
  const small = [...packaging(2), skipped, continued("7:0"), editions("8:0", 1, 2, 2)];
  given(chart, ...small).when(editions("8:0", 1, 2, 2)).isRefused();
});

// What is heard.

Deno.test("batch is begun by its button and by its command, of makers only", () => {
  for (const input of [tap({ do: "batch" }), command("batch")]) {
    for (const past of [[], [issueBegun], packaging(24)]) {
      given(chart, ...past).hearing(input).proposes(shown);
      given(chart, ...past).hearing(input, { admin: false }).proposes(adminRefused);
    }
  }
});

Deno.test("second batch waits until the first is issued", () => {
  const ordered = [...packaging(24), skipped];
  given(chart, ...ordered).hearing(tap({ do: "batch" })).proposes({ type: "BatchAwaited" });
  given(chart, ...ordered).when({ type: "BatchAwaited" }).reaches("idle", toast("batch_awaited"));
  // A command has no note over the chat.
  given(chart, ...ordered).hearing(command("batch"))
    .proposes(refused("command", "code", "batch_awaited"));
  const small = [...packaging(2), skipped, continued("7:0"), editions("8:0", 1, 2, 2)];
  given(chart, ...small).hearing(tap({ do: "batch" })).proposes(shown);
});

Deno.test("batch hears a number of cards that it can have, and nothing else", () => {
  const heard = (said: string) => given(chart, begun).hearing(text(said));
  heard(" 24 ").proposes(copies(24));
  heard(`${BATCH_MIN}`).proposes(copies(BATCH_MIN));
  heard(`${BATCH_MAX}`).proposes(copies(BATCH_MAX));
  for (const number of ["0", "1", "501", "999999999"]) {
    heard(number).proposes(refused("text", "copies", "out_of_range"));
  }
  for (const word of ["много", "-5", "2.5", "1e2", "٢٤", "24 шт"]) {
    heard(word).proposes(refused("text", "copies", "no_number"));
  }
  given(chart, begun).hearing(text("24"), { admin: false }).proposes(adminRefused);
});

Deno.test("batch is cancelled in its wizard like a card", () => {
  given(chart, begun).when(cancelled).reaches("idle", clear, say("cancelled"));
  given(chart, ...packaging(24)).when(cancelled).reaches("idle", clear, say("cancelled"));
  given(chart, ...packaging(24), cancelled, issueBegun, provided(), kept("9:0"), named())
    .when(described()).reaches("issuing.packaged", {
      type: "say",
      params: {
        text: "ask_packaged",
        slot: "wizard",
        buttons: [
          [{ label: "skip", action: { do: "skip" } }],
          [{ label: "cancel", action: { do: "cancel" } }],
        ],
      },
    });
});

Deno.test("card issued after a batch was left in its wizard is one card", () =>
  given(chart, begun, copies(24), issueBegun, provided(), kept("4:0"), named(), described())
    .when(skipped).reaches("issuing.minting", {
      type: "issueCard",
      params: {
        ...{ callId: "8:0", name: "Winter sea", description: "Oil, 1999" },
        ...{ original: sha(), packaged: null },
      },
    }));
