/** What ends a program, with a sentence for the person and a code for the program that started it. */
export abstract class ExitError extends Error {
  /** As `sysexits` numbers them: 64 wrong usage, 69 unavailable, 70 a defect, 78 a wrong setting. */
  abstract readonly exit_code: number;
}
