// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** A maker searches among their own cards, by words or by number. */
import { readCode } from "../../../events/code.ts";
import { QUERY_BYTES_MAX } from "../../../events/gallery.ts";
import { clearWizard, leaveFlow } from "./begin_anew.ts";
import { dialogueSetup } from "./dialogue_setup.ts";
import { forMakers, type Heard, type Hearing, type HearsTable, isBlank } from "./input.ts";

const showFound = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "CardsSearched") return;
  enqueue({ type: "showFound", params: { query: event.query } });
});

export const searching = dialogueSetup.createStateConfig({
  entry: [
    dialogueSetup.assign({ withdrawal: null }),
    {
      type: "say",
      params: {
        text: "ask_query",
        slot: "wizard",
        buttons: [[{ label: "cancel", action: { do: "cancel" } }]],
      },
    },
  ],
  on: {
    ...leaveFlow(null),
    CardsSearched: { target: "#flow.idle", actions: [clearWizard, showFound] },
  },
});

/** The button that begins a search, from any state. */
export function hearSearch({ input, admin }: Hearing): Heard {
  if (input.kind !== "tap" || input.action?.do !== "search") return undefined;
  return { type: admin ? "SearchBegun" : "AdminRefused" };
}

/** What a search makes of what is sent to it. */
export const searchHears: HearsTable = forMakers({
  "flow.searching": { expects: "query", hears: hearQuery },
});

/** A card's code is no search: whoever sends one wants it checked. */
function hearQuery({ input }: Hearing): Heard {
  if (input.kind !== "text") return undefined;
  const read = readCode(input.text);
  if (read && "code" in read) return undefined;
  if (isBlank(input.text)) return { refused: "empty" };
  const query = cutQuery(input.text);
  return query === "" ? { refused: "too_long" } : { type: "CardsSearched", query };
}

/** On one line, and no longer than buttons can carry. */
function cutQuery(text: string): string {
  const line = text.normalize("NFC").replace(/\s+/gu, " ").trim();
  const bytes = new TextEncoder();
  let [query, size] = ["", 0];
  for (const { segment } of new Intl.Segmenter("ru").segment(line)) {
    size += bytes.encode(segment).length;
    if (size > QUERY_BYTES_MAX) break;
    query += segment;
  }
  return query.trim();
}
