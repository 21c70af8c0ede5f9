/** The names of streams in SQL, as events/stream.ts has them. */
import type postgres from "postgres";

/** The person whose dialogue the stream in `column` is. */
export function personOfStream(sql: postgres.ISql, column = "stream"): postgres.Fragment {
  return sql`substr(${sql(column)}, 10, 36)::uuid`;
}
