/** What is still to be sent for an effect: its calls, and what becomes of those that are refused. */
import type { BotCall, Picture } from "./bot_call.ts";
import type { MediaRefusal } from "./media_refusal.ts";

/** A call as it was rendered, or what is left of it since Telegram refused what it bore. */
export type Step = Exclude<BotCall, { does: "show" }> | ShowStep;

export type ShowStep = BotCall & { does: "show" } & {
  /** Its pictures go up again, whatever ids they are known by. */
  fresh?: boolean;
  /** Its picture goes as a file. */
  as_file?: boolean;
  /** Pictures that come after it, each in a message of its own. */
  after?: readonly Picture[];
  /** Pictures of the same call that Telegram refused before. */
  refused?: readonly RefusedPicture[];
};

/** A picture that Telegram refused, and how it is shown after all. */
export interface RefusedPicture {
  picture: Picture;
  why: MediaRefusal["why"];
  /** Fit for a log. */
  words: string;
  as_file: boolean;
}

/** Why a picture or a file could not be sent; `missing` is one that is not to be had here. */
export type Trouble =
  /** `by_id` where some of the pictures were named by their ids. */
  | { is: "refused"; refusal: MediaRefusal; by_id: boolean }
  | { is: "missing"; there: readonly Picture[] };

/** What is sent instead of a step that could not be: never nothing, where it says something. */
export function stepsInstead(step: Step, trouble: Trouble): Step[] {
  if (step.does === "send") return insteadOfFile(step, trouble);
  if (step.does !== "show") return [];
  if (trouble.is === "missing") {
    const gone = step.pictures.filter((it) => isFromWeb(it) && !trouble.there.includes(it));
    return withPictures(step, trouble.there, gone.map((it) => refusedBy(it, NOWHERE)));
  }
  const { refusal, by_id } = trouble;
  const { why } = refusal;
  if (why === "caption") return apartFromWords(step);
  const [first, ...rest] = step.pictures;
  if (!first) return [];
  if (step.as_file) return withPictures(step, [], []);
  if (why === "forbidden") {
    const all = [first, ...rest, ...step.after ?? []];
    return withPictures({ ...step, after: [] }, [], all.map((it) => refusedBy(it, refusal)));
  }
  if (by_id && !step.fresh) return [{ ...step, fresh: true }];
  if (rest.length > 0) return insteadOfAlbum(step, [first, rest], refusal);
  const refused = refusedBy(first, refusal);
  if (why !== "unfit" || isFromWeb(first)) return withPictures(step, [], [refused]);
  return [{
    ...step,
    as_file: true,
    refused: [...step.refused ?? [], { ...refused, as_file: true }],
  }];
}

/** What comes after a step that was sent: pictures of the same call, or a word about refused ones. */
export function stepsAfter(step: Step): Step[] {
  if (step.does !== "show") return [];
  const { chat, slot, refused = [] } = step;
  const [next, ...after] = step.after ?? [];
  if (!next) return sayRefusals(step, refused);
  return [{
    ...{ does: "show", chat, pictures: [next], html: "", keyboard: [] },
    ...slot !== undefined && { slot },
    ...{ after, refused },
  }];
}

/** Telegram says which of an album it refuses, or each is tried by itself. */
function insteadOfAlbum(
  step: ShowStep,
  [first, rest]: readonly [Picture, readonly Picture[]],
  refusal: MediaRefusal,
): Step[] {
  const culprit = step.pictures[refusal.position ?? -1];
  if (!culprit) return [{ ...step, pictures: [first], after: rest }];
  const others = step.pictures.filter((picture) => picture !== culprit);
  return withPictures(step, others, [refusedBy(culprit, refusal)]);
}

/** The same with these pictures only; where none are left, the next ones bear the words, or none. */
function withPictures(
  { as_file, ...step }: ShowStep,
  pictures: readonly Picture[],
  newly: readonly RefusedPicture[],
): Step[] {
  const [first] = step.pictures;
  const before = (step.refused ?? []).map((it) =>
    as_file && it.picture === first ? { ...it, as_file: false } : it
  );
  const refused = [...before, ...newly];
  if (pictures.length > 0) return [{ ...step, pictures, refused }];
  const [next, ...after] = step.after ?? [];
  if (next) return [{ ...step, pictures: [next], after, refused }];
  const { chat, html, keyboard, slot = null } = step;
  const notes = sayRefusals(step, refused);
  if (html === "") return notes;
  return [{ does: "say", chat, html, keyboard, slot }, ...notes];
}

/** Words that are too long for a caption come after the pictures. */
function apartFromWords(step: ShowStep): Step[] {
  const { chat, html, keyboard, slot = null } = step;
  if (html === "") return [];
  return [{ ...step, html: "", keyboard: [] }, {
    ...{ does: "say", chat, html, keyboard, slot },
  }];
}

function insteadOfFile(step: BotCall & { does: "send" }, trouble: Trouble): Step[] {
  const { chat, html, refused } = step;
  const say = (words: string): Step => (
    { does: "say", chat, html: words, keyboard: [], slot: null }
  );
  const isCaption = trouble.is === "refused" && trouble.refusal.why === "caption";
  return isCaption && html !== "" ? [{ ...step, html: "" }, say(html)] : [say(refused)];
}

function sayRefusals(
  { chat, slot }: Pick<ShowStep, "chat" | "slot">,
  refused: readonly RefusedPicture[],
): Step[] {
  const said = refused.map(({ picture: { refusal }, why, as_file }) => {
    if (why === "forbidden") return refusal?.forbidden;
    return as_file ? refusal?.as_file : refusal?.left_out;
  });
  const sentences = [...new Set(said.filter((sentence) => sentence !== undefined))];
  if (sentences.length === 0) return [];
  return [{ does: "say", chat, html: sentences.join("\n\n"), keyboard: [], slot: slot ?? null }];
}

const isFromWeb = (picture: Picture): boolean => "sha256" in picture && picture.web === true;

const NOWHERE = { why: "other", words: "nowhere to be had" } as const;

const refusedBy = (
  picture: Picture,
  { why, words }: Pick<MediaRefusal, "why" | "words">,
): RefusedPicture => ({
  ...{ picture, why, words },
  as_file: false,
});
