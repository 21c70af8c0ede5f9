// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** What the steps of issuing a card make of what is sent to them. */
import { DESCRIPTION_MAX, NAME_MAX } from "../../../events/card.ts";
import { hearCopies } from "./batch.ts";
import { forMakers, type Heard, type Hearing, type HearsTable, isBlank } from "./input.ts";

/** What each step of the wizard makes of what is sent to it. */
export const issueCardHears: HearsTable = forMakers({
  "flow.issuing": { hears: hearPackagedFromAlbum },
  "flow.issuing.copies": { expects: "copies", hears: hearCopies },
  "flow.issuing.photo": {
    expects: "photo",
    hears: (hearing) => {
      const { input } = hearing;
      // Asked for again, while the rest of the album with the refused one still comes in.
      if (isOfAlbum(hearing)) return undefined;
      return input.kind === "photo" || input.kind === "image_file"
        ? { type: "PhotoProvided", file: input.file, album: input.album }
        : undefined;
    },
  },
  "flow.issuing.checking_photo": {
    expects: "patience",
    hears: (hearing) => {
      const { draft } = hearing.context;
      if (draft?.name === null) return hearName(hearing);
      return draft?.description === null ? hearDescription(hearing) : undefined;
    },
  },
  "flow.issuing.name": { expects: "name", hears: hearName },
  "flow.issuing.description": { expects: "description", hears: hearDescription },
  "flow.issuing.packaged": {
    expects: "packaged",
    hears: ({ input }) => {
      if (input.kind === "photo" || input.kind === "image_file") {
        return { type: "PackagedPhotoProvided", file: input.file };
      }
      return input.kind === "tap" && input.action?.do === "skip"
        ? { type: "PackagedPhotoSkipped" }
        : undefined;
    },
  },
  "flow.issuing.checking_packaged": { expects: "patience", hears: () => undefined },
});

/** Text that came as a name, or why it is none. */
export function hearName({ input }: Hearing): Heard {
  if (input.kind !== "text") return undefined;
  const name = input.text.replace(/\s+/gu, " ").trim();
  if (name.length > NAME_MAX) return { refused: "too_long", expects: "name" };
  return isBlank(name) ? { refused: "empty", expects: "name" } : { type: "NameProvided", name };
}

/** Text that came as a description, or why it is none. */
export function hearDescription({ input }: Hearing): Heard {
  if (input.kind !== "text") return undefined;
  const description = input.text.trim();
  const expects = "description";
  if (description.length > DESCRIPTION_MAX) return { refused: "too_long", expects };
  return isBlank(description)
    ? { refused: "empty", expects }
    : { type: "DescriptionProvided", description };
}

/** The second photo of the original's album is the packaged one, whenever it comes; a third is none. */
function hearPackagedFromAlbum({ input, context }: Hearing): Heard {
  if (input.kind !== "photo" && input.kind !== "image_file") return undefined;
  if (!isOfAlbum({ input, context })) return { refused: "not_now" };
  return context.draft?.packaged.is === "missing"
    ? { type: "PackagedPhotoProvided", file: input.file }
    : { refused: "third_photo" };
}

/** Whether it came together with the original. */
function isOfAlbum({ input, context }: Pick<Hearing, "input" | "context">): boolean {
  if (input.kind !== "photo" && input.kind !== "image_file") return false;
  return input.album !== null && input.album === context.draft?.album;
}
