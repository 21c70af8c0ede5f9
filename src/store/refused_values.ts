/** Classes of SQLSTATE that are about the values of a request: 22 data, 23 constraints, 54 limits. */
const VALUES = /^(?:22|23|54)[0-9A-Z]{3}$/;
/** What a driver or the runtime refuses before anything is sent. */
const UNSENT = /^(?:ERR_|UNDEFINED_VALUE|MAX_PARAMETERS_EXCEEDED)/;

/**
 * Whether an error is about what was asked, and not about the database or the way to it: that may
 * be read-only, full, damaged or closed to us, and nothing may be given up for it.
 */
export function isOfRequest(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code !== "string" || VALUES.test(code) || UNSENT.test(code);
}
