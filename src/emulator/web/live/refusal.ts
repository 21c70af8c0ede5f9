/** What a person is told when something that they did was refused. */
import { ControlError } from "./control.ts";
import { words } from "./words.ts";

const REASONS = {
  blocked: words.refusedBlocked,
  not_member: words.refusedNotMember,
  too_long: words.refusedTooLong,
  long_query: words.refusedLongQuery,
  empty_file: words.refusedEmptyFile,
  no_picture: words.refusedNoPicture,
  not_theirs: words.refusedNotTheirs,
  not_forwarded: words.refusedNotForwarded,
  no_inline: words.refusedNoInline,
  bad_result: words.refusedResult,
} as const;

/** One sentence in the person's language. */
export function refusalWords(error: unknown): string {
  if (!(error instanceof ControlError)) return words.serverAway;
  if (error.reason !== undefined) return REASONS[error.reason];
  if (error.status === 422) return error.text ? words.otherCode(error.text) : words.noCode;
  if (error.status === 404) return words.refusedGone;
  return words.refused(error.message);
}
