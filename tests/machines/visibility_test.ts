/** Whether a card is seen by everybody before its first check: its maker says so before it is issued. */
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { given, type Told } from "../given.ts";
import {
  clear,
  described,
  kept,
  named,
  previewBegun,
  provided,
  sha,
  skipped,
  tap,
} from "./samples.ts";

const chart = charts.current;
const card = { name: "Winter sea", description: "Oil, 1999", original: sha(), packaged: null };
const approved: Fact = { type: "DraftApproved" };
const reopened: Fact = { type: "DraftReopened", part: "name" };

const asked: readonly Told[] = [previewBegun, provided(), kept("2:0"), named(), described()];
/** The next fact is the seventh. */
const shown: readonly Told[] = [...asked, skipped];
/** The next fact is the eighth. */
const shownBatch: readonly Told[] = [
  ...[{ type: "BatchBegun", preview: true }, { type: "CopiesChosen", copies: 5 }] as const,
  ...[provided(), kept("3:0"), named(), described(), skipped],
];
const showDraft = (more: Readonly<Record<string, unknown>> = {}): Effect => ({
  type: "showDraft",
  params: { ...card, copies: null, ...more },
});

const chosen = (early: boolean): Fact => ({ type: "VisibilityChosen", early });

Deno.test("maker lets a card be seen before its first check, and takes that back", () => {
  given(chart, ...shown).hearing(tap({ do: "show", from: "issue" })).proposes(chosen(true));
  given(chart, ...shown).hearing(tap({ do: "show", from: "check" })).proposes(chosen(false));
  given(chart, ...shown).when(chosen(true))
    .reaches("issuing.preview", clear, showDraft({ published: true }));
  given(chart, ...shown, chosen(true)).when(chosen(false))
    .reaches("issuing.preview", clear, showDraft());
  // Tapped twice, or under a preview of before.
  given(chart, ...shown).when(chosen(false)).reaches("issuing.preview");
  given(chart, ...shown, chosen(true)).when(chosen(true)).reaches("issuing.preview");
  given(chart, ...asked).when(chosen(true)).isRefused();
});

Deno.test("card and batch are issued with what their maker lets be seen", () => {
  given(chart, ...shown, chosen(true)).when(approved).reaches("issuing.minting", {
    type: "issueCard",
    params: { callId: "8:0", ...card, published: true },
  });
  given(chart, ...shown, chosen(true), chosen(false)).when(approved).reaches("issuing.minting", {
    type: "issueCard",
    params: { callId: "9:0", ...card },
  });
  const editions = { batch: null, editions: 5, from: 1, count: 5 };
  given(chart, ...shownBatch, chosen(true), approved)
    .when({ type: "BatchContinued", callId: "9:0" }).reaches("idle", {
      type: "issueEditions",
      params: { callId: "10:0", ...editions, ...card, published: true },
    });
  const again = [...shown, chosen(true), reopened];
  given(chart, ...again).when(named("Summer"))
    .reaches("issuing.preview", clear, showDraft({ name: "Summer", published: true }));
  given(chart, ...again).hearing(tap({ do: "show", from: "check" })).proposes(chosen(false));
});
