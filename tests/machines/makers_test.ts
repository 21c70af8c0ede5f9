import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import type { Fact } from "../../events/facts.ts";
import { dialogueStream } from "../../events/stream.ts";
import type { Action } from "../../machines/flow/input.ts";
import { given, type Told } from "../given.ts";
import {
  adminRefused,
  adminRows,
  clear,
  command,
  menuOpened,
  PERSON,
  say,
  sha,
  skipped,
  tap,
} from "./samples.ts";
import { naming, packaging } from "./wizard.ts";

const chart = charts.current;
const DAY_MS = 86_400_000;
const digest = sha("d");
const asked: Fact = { type: "InvitationAsked" };
const invited = (callId: string): Fact => ({
  ...{ type: "MakerInvited", callId, digest, token: "s1.sealed", until: 77 },
});
const presented: Fact = { type: "InvitationPresented", digest };
const dismissed: Fact = { type: "MakerDismissed", maker: PERSON };
const showMakers: Effect = { type: "showMakers", params: {} };
const showCommands: Effect = { type: "showCommands", params: {} };
const minting: readonly Told[] = [...packaging, skipped];

Deno.test("owner's menu of early days had the makers in it", () => {
  const more = [...adminRows, [{ label: "makers", action: { do: "makers" } }]];
  given(chart).when({ type: "AdminOpened", owner: true })
    .reaches("idle", say("admin_menu", { buttons: more }));
  given(chart).hearing(command("admin"), { owner: true }).proposes(menuOpened);
});

Deno.test("invitation is asked for with its end, a day later, and shown", () => {
  const until = 1000 + DAY_MS;
  given(chart).when(asked)
    .reaches("idle", { type: "inviteMaker", params: { callId: "1:0", until } });
  given(chart, asked).when(invited("1:0"))
    .reaches("idle", { type: "showInvitation", params: { token: "s1.sealed", until: 77 } });
});

Deno.test("invitation that was not asked for is refused, and so is a second one", () => {
  given(chart).when(invited("1:0")).isRefused();
  given(chart, asked).when(invited("2:0")).isRefused();
  given(chart, asked, invited("1:0")).when(invited("1:0")).isRefused();
});

Deno.test("invitation is made beside a flow, which goes on", () => {
  const call = `${naming.length + 1}:0`;
  given(chart, ...naming, asked).when(invited(call)).reaches("issuing.name", {
    type: "showInvitation",
    params: { token: "s1.sealed", until: 77 },
  });
});

Deno.test("whoever follows an invitation is welcomed, and sees what they can do", () => {
  given(chart).when(presented)
    .reaches("idle", { type: "showWelcome", params: {} }, showCommands);
  given(chart).hearing(command("start", `m_${digest}`), { admin: false }).proposes(presented);
});

Deno.test("invitation is left to others by whoever is a maker already", () => {
  const link = command("start", `m_${digest}`);
  given(chart).hearing(link).proposes(menuOpened);
  given(chart).hearing(link, { owner: true }).proposes(menuOpened);
});

Deno.test("makers are listed, looked at and let go, which they are told", () => {
  given(chart).when({ type: "MakersOpened" }).reaches("idle", showMakers);
  given(chart).when({ type: "MakerChosen", maker: PERSON })
    .reaches("idle", { type: "showMaker", params: { maker: PERSON } });
  given(chart).when(dismissed).reaches("idle", say("maker_dismissed"), showMakers, {
    type: "tell",
    params: { stream: dialogueStream(PERSON), fact: { type: "DismissalLearned" } },
  });
  given(chart).when({ type: "DismissalLearned" })
    .reaches("idle", say("dismissal_learned"), showCommands);
});

Deno.test("whoever learns that they were let go is led out of what they were doing", () => {
  const flows: readonly (readonly Told[])[] = [naming, [{ type: "SearchBegun" }]];
  for (const flow of flows) {
    given(chart, ...flow).when({ type: "DismissalLearned" })
      .reaches("idle", clear, say("dismissal_learned"), showCommands);
  }
});

Deno.test("what is an owner's is refused to makers, and to anybody", () => {
  const actions: [Action, Fact][] = [
    [{ do: "makers" }, { type: "MakersOpened" }],
    [{ do: "invite" }, asked],
    [{ do: "maker", maker: PERSON }, { type: "MakerChosen", maker: PERSON }],
    [{ do: "dismiss", maker: PERSON }, dismissed],
  ];
  for (const past of [[], naming]) {
    for (const [action, fact] of actions) {
      const reached = given(chart, ...past);
      reached.hearing(tap(action), { owner: true }).proposes(fact);
      reached.hearing(tap(action)).proposes({ type: "OwnerRefused" });
      reached.hearing(tap(action), { admin: false }).proposes(adminRefused);
    }
  }
  given(chart).when({ type: "OwnerRefused" }).reaches("idle", say("owner_refused"));
});

Deno.test("card is not minted for whoever lost the right meanwhile", () => {
  given(chart, ...minting).when({ type: "IssueRefused", callId: `${minting.length}:0` })
    .reaches("idle", clear, say("admin_refused"));
  given(chart, ...minting).when({ type: "IssueRefused", callId: "1:0" }).isRefused();
});
