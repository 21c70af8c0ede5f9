/** What a storm has found, and how it is shown. */

/** One line of the table: a figure that must be so, or one that is only told. */
export interface Finding {
  what: string;
  value: string | number;
  /** Null where nothing is required of the figure. */
  met: boolean | null;
}

/** A figure that must be zero. */
export const zero = (what: string, value: number): Finding => ({ what, value, met: value === 0 });

/** Something that must hold. */
export const holds = (what: string, value: string | number, met: boolean): Finding => ({
  what,
  value,
  met,
});

/** A figure that is only told. */
export const told = (what: string, value: string | number): Finding => ({
  what,
  value,
  met: null,
});

/** What was required and is not so. */
export const missed = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ met }) => met === false);

/** The lines of a table under its title. */
export function tableOf(title: string, findings: readonly Finding[]): string {
  const lines = findings.map(({ what, value, met }) => {
    const verdict = met === null ? "" : met ? "  met" : "  MISSED";
    return `  ${what.padEnd(46)}${String(value).padStart(12)}${verdict}`;
  });
  return [title, ...lines, ""].join("\n");
}
