/** The engines that are compared, in the order in which they are told. */

export interface Engine {
  title: string;
  /** How it does the step. */
  how: string;
  /** Its program, from this folder; in `packages/` it has packages of its own. */
  script: string;
}

export const ENGINES: readonly Engine[] = [
  {
    title: "this project's core",
    how: "input, chart, facts, read models, outbox row; commits in groups",
    script: "core.ts",
  },
  {
    title: "transaction line",
    how: "begin, the same rows by hand with postgres.js, commit",
    script: "transaction.ts",
  },
  {
    title: "emmett-postgresql",
    how: "0.42.0: append with an inline projection for statistics, outbox and the update's key",
    script: "packages/emmett.ts",
  },
  {
    title: "DBOS",
    how: "4.24.16: a workflow for each update, a transaction by its data source, a send step",
    script: "packages/dbos.ts",
  },
  {
    title: "castore",
    how:
      "2.4.2 with its PostgreSQL adapter and its ten connections: facts and message as one group " +
      "of events; statistics behind it, lost in a crash between: a group takes events alone",
    script: "packages/castore.ts",
  },
  {
    title: "Restate",
    how: "1.7.12: an object for each person, a step that writes to PostgreSQL, a send step; its " +
      "journal is on its own disk and in no figure of rows and bytes",
    script: "packages/restate.ts",
  },
];
