import { ExitError } from "../base/exit_error.ts";

/** Thrown where a database answers, but is not one to work on: the message says what to change. */
export class UnfitDatabase extends ExitError {
  override name = "UnfitDatabase";
  readonly exit_code = 78;
}
