import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import type { Fact } from "../../events/facts.ts";
import { activePaths } from "../../machines/flow/input_handlers.ts";
import type { Action } from "../../machines/flow/input.ts";
import { assertEquals } from "@std/assert";
import { given, type Told } from "../given.ts";
import {
  adminMenu,
  adminOpened,
  adminRefused,
  ask,
  cancelled,
  cancelledByMaker,
  chosen,
  clear,
  command,
  explained,
  findCode,
  found,
  helpAsked,
  issueAwaited,
  issueBegun,
  kept,
  listOpened,
  menuOpened,
  paused,
  presented,
  previewBegun,
  provided,
  refused,
  restorationAsked,
  say,
  sharedOpened,
  showMenu,
  started,
  statsAsked,
  tap,
  text,
  toast,
} from "./samples.ts";
import { begun, checking, checkingPackaged, describing, naming, packaging } from "./wizard.ts";

const chart = charts.current;
const showShared: Effect = { type: "showShared", params: { number: 7 } };
const explaining = [chosen("withdraw"), found("1:0")];
const pausing = [paused(61_000)];

Deno.test("dialogue greets", () => given(chart).when(started).reaches("idle", say("welcome")));

Deno.test("dialogue helps", () => given(chart).when(helpAsked).reaches("idle", say("help")));

Deno.test("dialogue shows a card by its number", () =>
  given(chart).when(sharedOpened).reaches("idle", showShared));

Deno.test("dialogue opens the maker's menu", () =>
  given(chart).when(menuOpened).reaches("idle", showMenu));

Deno.test("dialogue of early days opened a menu with the same buttons for everybody", () =>
  given(chart).when(adminOpened).reaches("idle", adminMenu));

Deno.test("dialogue refuses the maker's menu without buttons", () =>
  given(chart).when(adminRefused).reaches("idle", say("admin_refused")));

Deno.test("dialogue shows the list and the statistics", () => {
  given(chart).when(listOpened).reaches("idle", { type: "showList", params: { page: 0 } });
  given(chart).when(statsAsked).reaches("idle", { type: "showStats", params: {} });
});

Deno.test("dialogue says that there is nothing to cancel", () =>
  given(chart).when(cancelled).reaches("idle", say("nothing_to_cancel")));

Deno.test("dialogue says what does not fit, and answers an old button over the chat", () => {
  given(chart).when(refused("sticker", "code")).reaches(
    "idle",
    say("input_refused", { values: { kind: "sticker", expected: "code", reason: null } }),
  );
  given(chart).when(refused("tap", "code")).reaches("idle", toast("button_outdated"));
  given(chart, ...naming).when(refused("tap", "name"))
    .reaches("issuing.name", toast("button_outdated"));
});

// What is heard in every state, whatever runs.

const everywhere: Record<string, readonly Told[]> = {
  "nothing running": [],
  "checks paused": pausing,
  "the photo asked": begun,
  "the photo checked": checking,
  "the name asked": naming,
  "the description asked": describing,
  "the package asked": packaging,
  "the package checked": checkingPackaged,
  "the reason asked": explaining,
  "the confirmation asked": [...explaining, explained],
};
for (const [moment, past] of Object.entries(everywhere)) {
  Deno.test(`dialogue hears commands with ${moment}`, () => {
    const heard = (name: string, argument?: string, admin?: boolean) =>
      given(chart, ...past).hearing(command(name, argument), admin === undefined ? {} : { admin });
    heard("start").proposes(started);
    heard("start", "nonsense").proposes(started);
    heard("start", "c_7").proposes(sharedOpened);
    for (const wrong of ["c_0", "c_", "c_-7", "c_1234567890", "xc_7"]) {
      heard("start", wrong).proposes(started);
    }
    heard("help").proposes(helpAsked);
    heard("admin").proposes(menuOpened);
    heard("admin", "", false).proposes(adminRefused);
    heard("cancel").proposes(cancelledByMaker);
    heard("cancel", "", false).proposes(cancelled);
  });

  Deno.test(`dialogue hears menu buttons, of makers only, with ${moment}`, () => {
    const buttons: [Action, Fact][] = [
      // A second tap, while the first question stands.
      [{ do: "issue" }, moment === "the photo asked" ? issueAwaited : previewBegun],
      [{ do: "list" }, listOpened],
      [{ do: "stats" }, statsAsked],
    ];
    for (const [action, fact] of buttons) {
      given(chart, ...past).hearing(tap(action)).proposes(fact);
      given(chart, ...past).hearing(tap(action), { admin: false }).proposes(adminRefused);
    }
    given(chart, ...past).hearing(tap({ do: "cancel" }), { admin: false }).proposes(cancelled);
  });
}

Deno.test("dialogue opens list and statistics beside a flow, which goes on", () => {
  for (
    const [past, state] of [[naming, "issuing.name"], [
      explaining,
      "withdrawing.explaining",
    ]] as const
  ) {
    given(chart, ...past).when(listOpened)
      .reaches(state, { type: "showList", params: { page: 0 } });
    given(chart, ...past).when(statsAsked).reaches(state, { type: "showStats", params: {} });
  }
});

// Going elsewhere leaves a flow, says so, and gets there.

const elsewhere: [Fact, Effect][] = [
  [started, say("welcome")],
  [helpAsked, say("help")],
  [adminOpened, adminMenu],
  [menuOpened, showMenu],
  [sharedOpened, showShared],
];
const flows: Record<string, readonly Told[]> = {
  "the photo asked": begun,
  "the photo checked": checking,
  "the name asked": naming,
  "the description asked": describing,
  "the package asked": packaging,
  "the package checked": checkingPackaged,
};
for (const [moment, past] of Object.entries(flows)) {
  const call = `${past.length + 1}:0`;
  Deno.test(`issue is left with ${moment} by whoever goes elsewhere`, () => {
    for (const [fact, effect] of elsewhere) {
      given(chart, ...past).when(fact).reaches("idle", clear, say("issue_left"), effect);
    }
    given(chart, ...past).when(presented("link"))
      .reaches("idle", clear, say("issue_left"), findCode(call));
    given(chart, ...past).when(issueBegun)
      .reaches("issuing.photo", clear, say("issue_left"), ask("ask_photo"));
    given(chart, ...past).when(chosen("look")).reaches("choosing", clear, say("issue_left"), {
      type: "findOwnCard",
      params: { callId: call, number: 7 },
    });
    given(chart, ...past).when(restorationAsked)
      .reaches("restoring", clear, say("issue_left"), {
        type: "restoreCard",
        params: { callId: call, number: 7 },
      });
  });
}
for (const past of [explaining, [...explaining, explained]]) {
  const moment = past.length === 2 ? "the reason asked" : "the confirmation asked";
  Deno.test(`withdrawal is left with ${moment} by whoever goes elsewhere`, () => {
    for (const [fact, effect] of elsewhere) {
      given(chart, ...past).when(fact).reaches("idle", clear, say("withdrawal_left"), effect);
    }
    given(chart, ...past).when(presented("link"))
      .reaches("idle", clear, say("withdrawal_left"), findCode(`${past.length + 1}:0`));
    given(chart, ...past).when(issueBegun)
      .reaches("issuing.photo", clear, say("withdrawal_left"), ask("ask_photo"));
    given(chart, ...past).when(chosen("look")).reaches("choosing", clear, {
      type: "findOwnCard",
      params: { callId: `${past.length + 1}:0`, number: 7 },
    });
  });
}

Deno.test("dialogue forgets what it was doing when left", () => {
  given(chart, ...naming, started).hearing(text("Winter sea")).proposes(refused("text", "code"));
  given(chart, ...explaining, started).hearing(text("Stolen")).proposes(refused("text", "code"));
  given(chart, ...explaining, issueBegun, provided(), kept("4:0")).when(cancelled)
    .reaches("idle", clear, say("cancelled"));
  for (const past of [naming, explaining]) {
    given(chart, ...past, started).when(refused("text", "code")).reaches(
      "idle",
      say("input_refused", { values: { kind: "text", expected: "code", reason: null } }),
    );
  }
});

Deno.test("dialogue offers a maker the menu where there was something or nothing to cancel", () => {
  const button = (name: string) => ({ label: name, action: { do: name } });
  const buttons = [[button("issue")], [button("batch"), button("list")], [button("stats")]];
  given(chart).when(cancelledByMaker).reaches("idle", say("nothing_to_cancel", { buttons }));
  given(chart, ...naming).when(cancelledByMaker)
    .reaches("idle", clear, say("cancelled", { buttons }));
  given(chart).when(cancelled).reaches("idle", say("nothing_to_cancel"));
});

Deno.test("dialogue names the states that listen, innermost first, region by region", () =>
  assertEquals(
    activePaths({ flow: { issuing: "name" }, checking: "ready", answering: {} }),
    [
      "flow.issuing.name",
      "flow.issuing",
      "flow",
      "checking.ready",
      "checking",
      "answering",
    ],
  ));
