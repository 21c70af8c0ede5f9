import { QUERY_BYTES_MAX } from "../../events/gallery.ts";
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { given } from "../given.ts";
import {
  adminRefused,
  ask,
  cancelled,
  CARD,
  clear,
  CODE,
  found,
  presented,
  refused,
  say,
  sticker,
  tap,
  text,
} from "./samples.ts";
import { packaging } from "./wizard.ts";

const chart = charts.current;
const begun: Fact = { type: "SearchBegun" };
const searched = (query: string): Fact => ({ type: "CardsSearched", query });
/** The beginning of what was said. */
const cut = (query: string): Fact => ({ type: "CardsSearched", query, cut: true });
const showFound = (query: string): Effect => ({ type: "showFound", params: { query } });
const findOwnCard: Effect = { type: "findOwnCard", params: { callId: "1:0", number: 7 } };

Deno.test("search asks what for, and shows what it finds", () => {
  given(chart).when(begun).reaches("searching", ask("ask_query"));
  given(chart, begun).when(searched("море")).reaches("idle", clear, showFound("море"));
  given(chart, begun).when(begun).reaches("searching", clear, ask("ask_query"));
  given(chart, ...packaging).when(begun)
    .reaches("searching", clear, say("issue_left"), ask("ask_query"));
});

Deno.test("search hears words on one line, and cuts what no button can carry", () => {
  given(chart, begun).hearing(text("  Зимнее\n море ")).proposes(searched("Зимнее море"));
  given(chart, begun).hearing(text("17")).proposes(searched("17"));
  given(chart, begun).hearing(text("ж".repeat(99)))
    .proposes(cut("ж".repeat(QUERY_BYTES_MAX / 2)));
  given(chart, begun).hearing(text(`a${"😀".repeat(20)}`))
    .proposes(cut(`a${"😀".repeat(11)}`));
  given(chart, begun).when(cut("море")).reaches(
    "idle",
    clear,
    { type: "showFound", params: { query: "море", cut: true } },
  );
});

Deno.test("search refuses what cannot be looked for", () => {
  given(chart, begun).hearing(text("\u200b")).proposes(refused("text", "query", "empty"));
  given(chart, begun).hearing(text(`e${"\u0301".repeat(40)}`))
    .proposes(refused("text", "query", "too_long"));
  given(chart, begun).hearing(sticker).proposes(refused("sticker", "query"));
  // What is said then is cleared away with the question.
  given(chart, begun).when(refused("sticker", "query")).reaches(
    "searching",
    say("input_refused", {
      values: { kind: "sticker", expected: "query", reason: null },
      slot: "wizard",
    }),
  );
});

Deno.test("search leaves a card's code to be checked", () =>
  given(chart, begun).hearing(text(CODE)).proposes(presented()));

Deno.test("search is for makers only", () => {
  given(chart).hearing(tap({ do: "search" })).proposes(begun);
  given(chart).hearing(tap({ do: "search" }), { admin: false }).proposes(adminRefused);
  given(chart, begun).hearing(text("море"), { admin: false }).proposes(adminRefused);
  given(chart, begun).when(adminRefused).reaches("idle", clear, say("admin_refused"));
});

Deno.test("search is cancelled, and takes no words that nobody asked for", () => {
  given(chart, begun).when(cancelled).reaches("idle", clear, say("cancelled"));
  given(chart).when(searched("море")).isRefused();
});

Deno.test("labels and history are of a card that is the person's own", () => {
  const asks: [Fact, Effect][] = [
    [{ type: "LabelsAsked", number: 7, of: "card" }, {
      type: "sendLabels",
      params: { card: CARD, of: "card" },
    }],
    [{ type: "LabelsAsked", number: 7, of: "batch" }, {
      type: "sendLabels",
      params: { card: CARD, of: "batch" },
    }],
    [{ type: "HistoryAsked", number: 7 }, { type: "showHistory", params: { card: CARD } }],
  ];
  for (const [fact, effect] of asks) {
    given(chart).when(fact).reaches("choosing", findOwnCard);
    for (const active of [true, false]) {
      given(chart, fact).when(found("1:0", active)).reaches("idle", effect);
    }
  }
  given(chart).hearing(tap({ do: "labels", number: 7 })).proposes(asks[0]![0]);
  given(chart).hearing(tap({ do: "batch_labels", number: 7 })).proposes(asks[1]![0]);
  given(chart).hearing(tap({ do: "history", number: 7 })).proposes(asks[2]![0]);
  for (const verb of ["labels", "batch_labels", "history"] as const) {
    given(chart).hearing(tap({ do: verb, number: 7 }), { admin: false }).proposes(adminRefused);
  }
});

Deno.test("tables are sent beside every flow, to makers only", () => {
  const asked: Fact = { type: "ExportAsked" };
  given(chart).hearing(tap({ do: "export" })).proposes(asked);
  given(chart).hearing(tap({ do: "export" }), { admin: false }).proposes(adminRefused);
  given(chart, begun).when(asked).reaches("searching", { type: "sendTables", params: {} });
});
