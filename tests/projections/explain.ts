/** What statements touch, by the database's own account of how it carried them out. */
import type postgres from "postgres";
import { z } from "zod";

/** A statement as it went to the database. */
export interface Asked {
  text: string;
  parameters: readonly unknown[];
}

/** Rows that one reading of a table looked at, kept or not; the most of all its rounds. */
export interface Reading {
  table: string;
  how: string;
  rows: number;
}

interface Node {
  "Node Type": string;
  "Relation Name"?: string | undefined;
  "Actual Rows": number;
  "Rows Removed by Filter"?: number | undefined;
  "Rows Removed by Join Filter"?: number | undefined;
  "Rows Removed by Index Recheck"?: number | undefined;
  Plans?: Node[] | undefined;
}

const Node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    "Node Type": z.string(),
    "Relation Name": z.string().optional(),
    "Actual Rows": z.number(),
    "Rows Removed by Filter": z.number().optional(),
    "Rows Removed by Join Filter": z.number().optional(),
    "Rows Removed by Index Recheck": z.number().optional(),
    Plans: z.array(Node).optional(),
  })
);
const Explained = z.tuple([z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: Node })]) })]);

/** The statements that `work` asks on the connections of `sql`. */
export async function overhear(sql: postgres.Sql, work: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const { options } = sql;
  const { debug } = options;
  options.debug = (_connection, text, parameters) => void asked.push({ text, parameters });
  try {
    await work();
  } finally {
    options.debug = debug;
  }
  return asked;
}

/** Carries a statement out, and tells what it read. */
export async function readingsOf(
  tx: postgres.TransactionSql,
  { text, parameters }: Asked,
): Promise<Reading[]> {
  const values: postgres.ParameterOrJSON<never>[] = JSON.parse(JSON.stringify(parameters));
  const rows = await tx.unsafe(`explain (analyze, format json) ${text}`, values);
  const [{ "QUERY PLAN": [{ Plan }] }] = Explained.parse([...rows]);
  return readingsIn(Plan);
}

function readingsIn(node: Node): Reading[] {
  const table = node["Relation Name"];
  const rows = node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) +
    (node["Rows Removed by Index Recheck"] ?? 0);
  const own = table === undefined || node["Node Type"] === "ModifyTable"
    ? []
    : [{ table, how: node["Node Type"], rows }];
  return [...own, ...(node.Plans ?? []).flatMap(readingsIn)];
}
