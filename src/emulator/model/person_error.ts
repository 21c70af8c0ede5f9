/** Why a phone refuses, for whoever says it in other words. */
export type PhoneReason =
  | "blocked"
  | "not_member"
  | "too_long"
  | "long_query"
  | "empty_file"
  | "no_picture"
  | "not_theirs"
  | "not_forwarded"
  | "no_inline"
  | "bad_result";

/** A person cannot do this on their phone; the message says why. `status` is HTTP's. */
export class PersonError extends Error {
  override name = "PersonError";
  /** Given to what a person with the web chat may meet. */
  reason: PhoneReason | undefined;

  constructor(
    message: string,
    readonly status: 400 | 404 | 422 | 503 = 400,
    readonly text?: string,
  ) {
    super(message);
  }

  /** A refusal that has a name. */
  static because(reason: PhoneReason, message: string): PersonError {
    const error = new PersonError(message);
    error.reason = reason;
    return error;
  }
}
