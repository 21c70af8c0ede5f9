import { ExitError } from "../base/exit_error.ts";

/** Thrown when the database cannot be reached, or went away. The message never has the password. */
export class DatabaseUnavailable extends ExitError {
  override name = "DatabaseUnavailable";
  readonly exit_code = 69;
  /** As postgres.js names it, so that a query cut short reads like one on a server. */
  readonly code = "CONNECTION_CLOSED";
}
