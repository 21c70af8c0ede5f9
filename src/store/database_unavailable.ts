/** Thrown when the database cannot be reached, or went away. The message never has the password. */
export class DatabaseUnavailable extends Error {
  override name = "DatabaseUnavailable";
  /** As postgres.js names it, so that a query cut short reads like one on a server. */
  readonly code = "CONNECTION_CLOSED";
}
