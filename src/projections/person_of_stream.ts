/** The names of streams in SQL, as events/stream.ts has them. */
import type postgres from "postgres";

/** The person whose dialogue the stream in `column` is. */
export function personOfStream(sql: postgres.ISql, column = "stream"): postgres.Fragment {
  return sql`substr(${sql(column)}, 10, 36)::uuid`;
}

/** The stream of the dialogue in private of the person in `column`. */
export function streamOfPerson(sql: postgres.ISql, column: string): postgres.Fragment {
  return sql`('dialogue:' || ${sql(column)})`;
}
