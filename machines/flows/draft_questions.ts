/** What each step of issuing asks: for one card, for a batch, and once more for what was shown. */
import { z } from "zod";
import { Copies } from "../../events/batch.ts";
import { defineButton } from "../flow/button.ts";
import type { InputContext } from "../flow/input_context.ts";
import { WIZARD } from "../flow/wizard.ts";
import { defineWords } from "../flow/words.ts";
import { cancellable, cancelRow } from "./cancel.ts";
import type { DraftMemory } from "./card_draft.ts";
import { hearName } from "./card_words.ts";
import { review } from "./draft_preview.ts";
import { skip } from "./issue_taps.ts";

const ofBatch = { copies: Copies };
const ofAny = { copies: Copies.nullable() };

export const words = defineWords({
  texts: {
    ...{ ask_photo: {}, ask_name: {}, ask_description: {}, ask_packaged: {} },
    ...{ batch_photo: ofBatch, batch_name: ofBatch },
    ...{ batch_description: ofBatch, batch_packaged: ofBatch },
    ...{ again_photo: {}, again_name: {}, again_description: {}, again_packaged: {} },
    ...{ offer_name: { ...ofAny, name: z.string() }, long_caption: ofAny },
    ...{ name_kept: {}, description_kept: {}, issue_left: {} },
    ...{ edited_name: {}, edited_description: {}, edited_copies: {} },
  },
  labels: ["issue", "skip", "take_name", "approve", "review", "show_from_check", "show_from_issue"],
  expects: ["packaged", "approval"],
  refusals: ["third_photo"],
});

export const takeName = defineButton("take_name", {});

/** Said while the photo is still being checked. */
export const sayKept = (part: "name" | "description") =>
  ({
    type: "say",
    params: words.say(part === "name" ? "name_kept" : "description_kept", {}, { slot: WIZARD }),
  }) as const;

/** Said of a message that was changed. */
export const sayEditTaken = (part: "name" | "description" | "copies") =>
  ({
    type: "say",
    params: words.say(`edited_${part}`, {}, { slot: WIZARD }),
  }) as const;

/** A name that is typed, or the one that stands under the photo. */
export function hearNameOrTaken(inputContext: InputContext<DraftMemory>) {
  const { input, context: { draft } } = inputContext;
  if (!draft?.caption || !takeName.read(input)) return hearName(inputContext);
  const message = draft.told?.original?.message;
  return {
    ...{ type: "NameProvided" as const, name: draft.caption },
    ...message !== undefined && { message },
  };
}

type Part = "photo" | "name" | "description";

const reviewRow = [words.button("review", review.action({}))];
const skipRow = [words.button("skip", skip.action({}))];
const again = { slot: WIZARD, buttons: [reviewRow, cancelRow] };

/** The question that a state asks: `params` of its `say`. */
interface Asking {
  context: DraftMemory;
}

/** Whether the part was told before, and is only to be told anew. */
const isThere = ({ draft }: DraftMemory, part: Part): boolean => {
  const value = draft?.[part === "photo" ? "original" : part];
  return draft?.preview === true && (typeof value === "string" || isKept(value));
};
const isKept = (value: { is: string } | null | undefined): boolean => value?.is === "kept";

const ask = (part: Part) => ({ context }: Asking) => {
  const { copies, preview } = context.draft ?? {};
  if (isThere(context, part)) return words.say(`again_${part}`, {}, again);
  return copies === undefined || !preview
    ? words.say(`ask_${part}`, {}, cancellable)
    : words.say(`batch_${part}`, { copies }, cancellable);
};

export const askPhoto = { type: "say", params: ask("photo") } as const;
export const askDescription = { type: "say", params: ask("description") } as const;

/** Offers what stands under the photo, or says why that is no name. */
export const askName = {
  type: "say",
  params(asking: Asking) {
    const { copies = null, caption, name } = asking.context.draft ?? {};
    if (caption === undefined || typeof name === "string") return ask("name")(asking);
    if (caption === null) return words.say("long_caption", { copies }, cancellable);
    return words.say("offer_name", { copies, name: caption }, {
      slot: WIZARD,
      buttons: [[words.button("take_name", takeName.action({}))], cancelRow],
    });
  },
} as const;

export const askPackaged = {
  type: "say",
  params({ context: { draft } }: Asking) {
    const { copies, preview, packaged } = draft ?? {};
    const buttons = [skipRow, cancelRow];
    if (preview && packaged?.is !== "missing") {
      return words.say("again_packaged", {}, {
        slot: WIZARD,
        buttons: [[...skipRow, ...reviewRow], cancelRow],
      });
    }
    return copies === undefined || !preview
      ? words.say("ask_packaged", {}, { slot: WIZARD, buttons })
      : words.say("batch_packaged", { copies }, { slot: WIZARD, buttons });
  },
} as const;
