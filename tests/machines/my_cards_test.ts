import { REASON_MAX } from "../../events/card.ts";
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import type { Action } from "../../machines/flow/input.ts";
import { given } from "../given.ts";
import {
  adminRefused,
  aside,
  cancelled,
  cancelledByMaker,
  cancelRow,
  CARD,
  chosen,
  clear,
  CODE,
  command,
  explained,
  findCode,
  found,
  listOpened,
  missing,
  PERSON,
  presented,
  refused,
  restorationAsked,
  restored,
  say,
  sticker,
  tap,
  text,
  toast,
  withdrawn,
} from "./samples.ts";
import { begun, packaging } from "./wizard.ts";

const chart = charts.current;
const values = { number: 7, name: "Winter sea" };
const findOwnCard = (callId: string): Effect => ({
  type: "findOwnCard",
  params: { callId, number: 7 },
});
const restoreCard = (callId: string): Effect => ({
  type: "restoreCard",
  params: { callId, number: 7 },
});
const showOwnCard: Effect = { type: "showOwnCard", params: { card: CARD } };
const askReason = aside("ask_reason", { values, buttons: [cancelRow] });
const askConfirmation = aside("ask_withdrawal", {
  values: { ...values, reason: "Stolen" },
  buttons: [
    [{ label: "confirm_withdrawal", action: { do: "confirm", number: 7 } }],
    cancelRow,
  ],
});
const confirmed: Fact = { type: "WithdrawalConfirmed" };
const answered: Fact = { ...withdrawn, callId: "4:0" } as Fact;
const sayWithdrawn = say("card_withdrawn", {
  values,
  buttons: [[{ label: "restore", action: { do: "restore", number: 7 } }]],
});

/** In each state of a withdrawal. */
const explaining = [chosen("withdraw"), found("1:0")];
const confirming = [...explaining, explained];
const saving = [...confirming, confirmed];

Deno.test("my cards looks for the one that was chosen", () => {
  given(chart).when(chosen("look")).reaches("choosing", findOwnCard("1:0"));
  given(chart).when(chosen("withdraw")).reaches("choosing", findOwnCard("1:0"));
});

Deno.test("my cards shows the one that was looked for", () => {
  for (const active of [true, false]) {
    given(chart, chosen("look")).when(found("1:0", active)).reaches("idle", showOwnCard);
  }
});

Deno.test("my cards says that the one chosen is not among them", () => {
  for (const intent of ["look", "withdraw"] as const) {
    given(chart, chosen(intent)).when(missing("1:0")).reaches("idle", toast("own_card_missing"));
  }
});

Deno.test("withdrawal asks for the reason", () =>
  given(chart, chosen("withdraw")).when(found("1:0")).reaches("withdrawing.explaining", askReason));

Deno.test("withdrawal of a withdrawn card shows it instead", () =>
  given(chart, chosen("withdraw")).when(found("1:0", false)).reaches("idle", showOwnCard));

Deno.test("withdrawal asks to confirm card and reason", () =>
  given(chart, ...explaining)
    .when(explained)
    .reaches("withdrawing.confirming", askConfirmation));

Deno.test("withdrawal confirmed clears its questions away and offers the way back", () =>
  given(chart, ...saving).when(answered).reaches("idle", clear, sayWithdrawn));

Deno.test("withdrawal confirmed is asked for, with the reason as it is remembered", () => {
  given(chart, ...confirming).when(confirmed).reaches("withdrawing.saving", {
    type: "withdrawCard",
    params: { callId: "4:0", card: CARD, reason: "Stolen" },
  });
  given(chart, ...saving).when(missing("4:0")).reaches("idle", clear, say("withdrawal_left"));
  given(chart, ...saving).when({ ...answered, callId: "3:0" } as Fact).isRefused();
});

Deno.test("withdrawal of early days was confirmed by the fact itself", () =>
  given(chart, ...confirming).when(withdrawn).reaches("idle", clear, sayWithdrawn));

Deno.test("withdrawal of another card begins anew", () => {
  given(chart, ...confirming).when(chosen("withdraw", 8)).reaches("choosing", clear, {
    type: "findOwnCard",
    params: { callId: "4:0", number: 8 },
  });
  given(chart, ...confirming, chosen("withdraw"), found("4:0"))
    .hearing(tap({ do: "confirm", number: 7 }))
    .proposes(refused("tap", "reason"));
});

Deno.test("restoration brings the card back and shows it", () => {
  given(chart).when(restorationAsked).reaches("restoring", restoreCard("1:0"));
  given(chart, restorationAsked).when(restored("1:0"))
    .reaches("idle", toast("card_restored"), showOwnCard);
});

Deno.test("restoration says that the card never left, or is not among theirs", () => {
  given(chart, restorationAsked).when(found("1:0"))
    .reaches("idle", toast("card_not_withdrawn"), showOwnCard);
  given(chart, restorationAsked).when(missing("1:0"))
    .reaches("idle", toast("own_card_missing"));
});

Deno.test("restoration in a withdrawal leaves it", () =>
  given(chart, ...confirming).when(restorationAsked)
    .reaches("restoring", clear, restoreCard("4:0")));

Deno.test("withdrawal goes on beside a check by text", () => {
  given(chart, ...confirming).hearing(text(CODE)).proposes(presented());
  given(chart, ...confirming).when(presented()).reaches("withdrawing.confirming", findCode("4:0"));
});

// What is heard.

Deno.test("my cards hears its buttons, of makers only, in every state", () => {
  const pasts = [[], begun, packaging, explaining, confirming];
  for (const past of pasts) {
    const heard = (action: Action) => given(chart, ...past).hearing(tap(action));
    heard({ do: "list" }).proposes(listOpened);
    heard({ do: "look", number: 7 }).proposes(chosen("look"));
    heard({ do: "withdraw", number: 7 }).proposes(chosen("withdraw"));
    heard({ do: "restore", number: 7 }).proposes(restorationAsked);
    for (const verb of ["look", "withdraw", "restore"] as const) {
      given(chart, ...past).hearing(tap({ do: verb, number: 7 }), { admin: false })
        .proposes(adminRefused);
    }
    given(chart, ...past).hearing(tap({ do: "list" }), { admin: false }).proposes(adminRefused);
  }
});

Deno.test("withdrawal hears a reason on one line", () => {
  given(chart, ...explaining).hearing(text(" Stolen ")).proposes(explained);
  given(chart, ...explaining).hearing(text("Lost\nor  stolen"))
    .proposes({ type: "WithdrawalExplained", reason: "Lost or stolen" });
});

Deno.test("withdrawal refuses a reason that is too long or not to be seen", () => {
  const longest = "a".repeat(REASON_MAX);
  given(chart, ...explaining).hearing(text(longest))
    .proposes({ type: "WithdrawalExplained", reason: longest });
  given(chart, ...explaining).hearing(text(longest + "a"))
    .proposes(refused("text", "reason", "too_long"));
  given(chart, ...explaining).hearing(text("\u200b"))
    .proposes(refused("text", "reason", "empty"));
});

Deno.test("withdrawal is confirmed by its own button only", () => {
  given(chart, ...confirming).hearing(tap({ do: "confirm", number: 7 })).proposes(confirmed);
  given(chart, ...confirming).hearing(tap({ do: "confirm", number: 8 }))
    .proposes(refused("tap", "confirmation", "outdated"));
  given(chart, ...explaining).hearing(tap({ do: "confirm", number: 7 }))
    .proposes(refused("tap", "reason"));
  given(chart, ...confirming, withdrawn).hearing(tap({ do: "confirm", number: 7 }))
    .proposes(refused("tap", "code"));
  given(chart, ...confirming).hearing(text("yes")).proposes(refused("text", "confirmation"));
});

for (const [state, past] of [["explaining", explaining], ["confirming", confirming]] as const) {
  Deno.test(`withdrawal is cancelled in ${state} by command and by button`, () => {
    given(chart, ...past).hearing(command("cancel")).proposes(cancelledByMaker);
    given(chart, ...past).hearing(tap({ do: "cancel" })).proposes(cancelledByMaker);
    given(chart, ...past).when(cancelled).reaches("idle", clear, say("cancelled"));
  });

  Deno.test(`withdrawal says in ${state} what it waits for`, () => {
    const expected = state === "explaining" ? "reason" : "confirmation";
    given(chart, ...past).hearing(sticker).proposes(refused("sticker", expected));
    given(chart, ...past).when(refused("sticker", expected)).reaches(
      `withdrawing.${state}`,
      aside("input_refused", { values: { kind: "sticker", expected, reason: null } }),
    );
  });

  Deno.test(`withdrawal ends in ${state} for whoever lost the right meanwhile`, () => {
    const input = state === "explaining" ? text("Stolen") : tap({ do: "confirm", number: 7 });
    given(chart, ...past).hearing(input, { admin: false }).proposes(adminRefused);
    given(chart, ...past).when(adminRefused).reaches("idle", clear, say("admin_refused"));
  });
}

// Stale answers.

Deno.test("my cards refuses the answer to another ask", () => {
  for (const past of [[chosen("look")], [chosen("withdraw")], [restorationAsked]]) {
    const answers: Fact[] = [found("9:0"), missing("9:0"), restored("9:0")];
    for (const fact of answers) given(chart, ...past).when(fact).isRefused();
  }
});

Deno.test("my cards refuses an answer that it did not ask for", () => {
  const answers: Fact[] = [found("1:0"), missing("1:0"), restored("1:0"), explained, withdrawn];
  for (const fact of answers) given(chart).when(fact).isRefused();
  given(chart, chosen("look")).when(restored("1:0")).isRefused();
  given(chart, chosen("look"), found("1:0")).when(found("1:0")).isRefused();
  given(chart, restorationAsked, restored("1:0")).when(restored("1:0")).isRefused();
});

Deno.test("withdrawal refuses what is of its other step", () => {
  given(chart, ...explaining).when(withdrawn).isRefused();
  given(chart, ...confirming).when(explained).isRefused();
});

Deno.test("withdrawal refuses to withdraw a card that is not the one confirmed", () =>
  given(chart, ...confirming).when({ ...withdrawn, card: PERSON } as Fact).isRefused());
