/** Answers of a wizard in messages that are changed while it runs: the draft changes with them. */
import type { HearResult, InputContext } from "../flow/input_context.ts";
import { messageOf } from "../flow/input.ts";
import type { RecordedFact } from "../flow/recorded_fact.ts";
import type { Draft, DraftMemory, Told } from "./card_draft.ts";
import { hearDescription, hearName } from "./card_words.ts";
import { pictureIn } from "./check_photo.ts";
import { hearCopies } from "./issue_batch.ts";

type Heard = HearResult<
  "too_long" | "empty" | "no_number" | "out_of_range",
  "name" | "description" | "copies"
>;

/** An answer that was changed; passed over where it says what it said. */
export function hearDraftEdit(inputContext: InputContext<DraftMemory>): Heard {
  const { input, context: { draft } } = inputContext;
  const message = messageOf(input);
  const { told } = draft ?? {};
  if (!draft || !told || message === undefined) return undefined;
  if (message === told.original?.message) {
    const file = pictureIn(input)?.file;
    if (file && file.unique_id !== told.original.unique_id) return { type: "PhotoReplaced", file };
    // The name was taken from what stands under it.
    if (message !== told.name) return { type: "EditIgnored" };
  }
  if (message === told.description) return changed(hearDescription(inputContext), draft);
  if (message === told.name) return changed(hearName(inputContext), draft);
  if (message !== told.copies) return undefined;
  const heard = hearCopies(inputContext);
  return heard && "refused" in heard ? { expects: "copies", ...heard } : changed(heard, draft);
}

function changed(heard: Heard, draft: Draft): Heard {
  if (heard && "refused" in heard) return heard;
  switch (heard?.type) {
    case "NameProvided":
      if (heard.name !== draft.name) return { type: "NameEdited", name: heard.name };
      break;
    case "DescriptionProvided": {
      const { description } = heard;
      if (description !== draft.description) return { type: "DescriptionEdited", description };
      break;
    }
    case "CopiesChosen":
      if (heard.copies !== draft.copies) return { type: "CopiesEdited", copies: heard.copies };
  }
  return { type: "EditIgnored" };
}

/** What a fact tells of the draft, and in which message. */
export function toldBy(draft: Draft | null, event: RecordedFact): Partial<Draft> {
  const message = "message" in event ? event.message : undefined;
  const told = (more: Told) => message === undefined ? {} : { told: { ...draft?.told, ...more } };
  switch (event.type) {
    case "NameEdited":
      return { name: event.name };
    case "NameProvided":
      return {
        name: event.name,
        ...draft?.caption && { caption: null },
        ...message !== undefined && told({ name: message }),
      };
    case "VisibilityChosen":
      return { early: event.early };
    case "DescriptionEdited":
      return { description: event.description };
    case "DescriptionProvided":
      return {
        description: event.description,
        ...message !== undefined && told({ description: message }),
      };
    case "CopiesEdited":
      return { copies: event.copies };
    case "CopiesChosen":
      return { copies: event.copies, ...message !== undefined && told({ copies: message }) };
    case "PhotoProvided": {
      const { file: { unique_id }, album } = event;
      return { album, ...message !== undefined && told({ original: { message, unique_id } }) };
    }
    case "PhotoReplaced": {
      const { told, album = null } = draft ?? {};
      const { unique_id } = event.file;
      return told?.original
        ? { album, told: { ...told, original: { ...told.original, unique_id } } }
        : {};
    }
    default:
      return {};
  }
}
