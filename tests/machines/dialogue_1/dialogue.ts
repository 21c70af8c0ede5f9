// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** The dialogue with one person: the flows, what works in all of them, and who hears what. */
import type { StateValue } from "xstate";
import type { Fact } from "../../../events/facts.ts";
import { adminMenuOn, hearAdminMenu } from "./admin_menu.ts";
import { batchOn, hearBatch } from "./batch.ts";
import { beginAnew } from "./begin_anew.ts";
import { cancelInIdle, hearCancel } from "./cancel.ts";
import { correctCardHears, correcting } from "./correct_card.ts";
import { dialogueSetup, nothingRemembered } from "./dialogue_setup.ts";
import { hearHelp, helpOn } from "./help.ts";
import type { Heard, Hearing, Hears, HearsTable } from "./input.ts";
import { hearIssue, issueCard } from "./issue_card.ts";
import { issueCardHears } from "./issue_card_hears.ts";
import { hearLanguage, languageOn } from "./language.ts";
import { hearMakers, makersOn } from "./makers.ts";
import { choosing, hearMyCards, myCardsHears, restoring, withdrawing } from "./my_cards.ts";
import { hearSearch, searchHears, searching } from "./search_cards.ts";
import { hearStats, statsOn } from "./stats.ts";
import { verifyCard, verifyCardHears } from "./verify_card.ts";

const sayRefused = dialogueSetup.enqueueActions(({ enqueue, context, event }) => {
  if (event.type !== "InputRefused") return;
  const { kind, expected, reason } = event;
  // Beside a flow, the hint is cleared away together with the flow's own questions.
  const inFlow = context.draft !== null || context.withdrawal !== null ||
    (context.correction ?? null) !== null || expected === "query";
  enqueue({
    type: "say",
    params: {
      text: "input_refused",
      values: { kind, expected, reason },
      ...(inFlow ? { slot: "wizard" as const } : {}),
    },
  });
});

export const dialogue = dialogueSetup.createMachine({
  id: "dialogue/1",
  context: nothingRemembered,
  type: "parallel",
  states: {
    flow: {
      id: "flow",
      initial: "idle",
      states: {
        idle: {
          entry: dialogueSetup.assign({ withdrawal: null }),
          on: {
            ...cancelInIdle,
            IssueBegun: "issuing",
            OwnCardChosen: "choosing",
            RestorationAsked: "restoring",
            ...beginAnew(),
          },
        },
        issuing: issueCard,
        choosing,
        restoring,
        withdrawing,
        correcting,
        searching,
      },
    },
    checking: verifyCard,
    // A region of its own: on the root, an answer would be lost wherever a flow hears the same fact.
    answering: {
      on: {
        ...helpOn,
        ...adminMenuOn,
        ...statsOn,
        ...languageOn,
        ...makersOn,
        ...batchOn,
        ExportAsked: { actions: { type: "sendTables", params: {} } },
        InputRefused: [
          { guard: "isTap", actions: { type: "toast", params: { text: "button_outdated" } } },
          { actions: sayRefused },
        ],
      },
    },
  },
});

const everywhere = [
  hearMakers,
  hearHelp,
  hearCancel,
  hearLanguage,
  hearAdminMenu,
  hearStats,
  hearIssue,
  hearBatch,
  hearMyCards,
  hearSearch,
];

const hears: HearsTable = {
  ...issueCardHears,
  ...myCardsHears,
  ...correctCardHears,
  ...searchHears,
  ...verifyCardHears,
  "answering": {
    hears: (hearing) => firstOf(everywhere.map((hearPart) => () => hearPart(hearing))),
  },
};

/**
 * The fact that an input amounts to in this state: the innermost state that makes something of it
 * decides; where none does, that too is a fact, saying what the dialogue waits for.
 */
export function hear(state: StateValue, hearing: Hearing): Fact {
  const listening = pathsInward(state).map((path) => hears[path]).filter((part) =>
    part !== undefined
  );
  const heard = firstOf(listening.map((part: Hears) => () => part.hears(hearing)));
  if (heard && "type" in heard) return heard;
  return {
    type: "InputRefused",
    kind: hearing.input.kind === "other" ? hearing.input.what : hearing.input.kind,
    expected: heard?.expects ??
      listening.find((part) => part.expects !== undefined)?.expects ?? "code",
    reason: heard?.refused ?? null,
  };
}

function firstOf(attempts: readonly (() => Heard)[]): Heard {
  for (const attempt of attempts) {
    const heard = attempt();
    if (heard !== undefined) return heard;
  }
  return undefined;
}

/** "flow.issuing.name", "flow.issuing", "flow", "checking.ready", … "answering": region by region. */
export function pathsInward(state: StateValue): string[] {
  if (typeof state === "string") return [state];
  return Object.entries(state).flatMap(([key, inner = {}]) => [
    ...pathsInward(inner).map((path) => `${key}.${path}`),
    key,
  ]);
}
