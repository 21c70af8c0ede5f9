import type postgres from "postgres";
import type { LogPosition } from "../../projections/log_position.ts";
import { personOfStream } from "../../projections/person_of_stream.ts";

/** What takes the place of the table `makers` where it is asked for those who were makers then. */
export function makersAt(sql: postgres.Sql, { pos }: LogPosition): postgres.Fragment {
  return sql`(
    select distinct on (maker) maker, at as joined_at, active
    from ${turnsUpto(sql, pos)} turns order by maker, pos desc
  )`;
}

/** Who became a maker and who was let go, each time, up to a position. */
export function turnsUpto(sql: postgres.Sql, pos: number): postgres.Fragment {
  return sql`(
      select ${personOfStream(sql, "e.stream")} as maker, e.at, e.pos, true as active
      from events e join welcomes w on w.fact = e.id and w.outcome = 'joined'
      where e.type = 'InvitationPresented' and e.pos <= ${pos}
      union all
      select (e.data->>'maker')::uuid, e.at, e.pos, false from events e
      where e.type = 'MakerDismissed' and e.pos <= ${pos}
    )`;
}
