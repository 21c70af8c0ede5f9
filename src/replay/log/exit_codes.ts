/** How `deno task replay` ends; the BSD codes where there is one. */
export const exitCodes = {
  whole: 0,
  broken: 1,
  usage: 64,
  unreadable: 65,
  missing: 66,
  unavailable: 69,
  defect: 70,
  refused: 73,
  cut: 74,
  bad_config: 78,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Thrown where a command cannot be carried out: a sentence with the mend, and the code to end with. */
export class CannotReplay extends Error {
  override name = "CannotReplay";
  constructor(sentence: string, readonly code: ExitCode) {
    super(sentence);
  }
}

/** Thrown where nobody reads the output any more. */
export class OutputClosed extends CannotReplay {
  override name = "OutputClosed";
  constructor() {
    super("Stopped: nobody reads the output any more.", exitCodes.cut);
  }
}
