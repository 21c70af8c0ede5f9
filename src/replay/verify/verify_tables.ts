/** Rows of the tables beside the log, each against what the log says of them: in SQL, where they lie. */
import type postgres from "postgres";
import type { Charts } from "../../../machines/flow/chart.ts";
import { Stream } from "../../../events/stream.ts";
import { toast } from "../../../machines/flow/kit_effects.ts";
import { transaction } from "../../store/transaction.ts";
import { type Faults, FAULTS_SHOWN } from "./found.ts";

/** What a statement found: a row each, and how many there are. */
interface Found {
  sentence: string;
  pos: number | null;
  all: number;
}

/** What the statements are told of this log. */
export interface KeptLog {
  /** Facts up to here were imported: nothing was ever kept beside them. */
  imported: number;
  /** Kinds of effects that lie in the outbox, as "chart effect". */
  queued: readonly string[];
}

type Check = (sql: postgres.ISql, log: KeptLog) => postgres.Fragment;

/** The effects of each chart that become tasks. */
export function queuedEffects({ all }: Charts): string[] {
  return Object.values(all).flatMap(({ id, effects }) =>
    [...effects].filter(([type, { kind }]) => kind !== "ask" && type !== toast.type)
      .map(([type]) => `${id} ${type}`)
  );
}

/** Whose bytes are not those that they are named for. */
const damagedPhotos: Check = (sql) =>
  sql`select 'photos ' || sha256 || ': its bytes are not those that were kept; they come from a '
      'backup of the table, or the maker sends the photo again' as sentence, null::float8 as pos
    from photos where encode(sha256(bytes), 'hex') <> sha256`;

/** A card's pictures, and those that facts say were kept; not of people who were forgotten. */
const missingPhotos: Check = (sql, { imported }) =>
  sql`select 'photos ' || sha256 || ': it is missing, and ' || min(place) || ' says that it was kept; '
      'it comes from a backup of the table, or the maker sends the photo again' as sentence,
      min(pos)::float8 as pos
    from (
      select e.pos, named.sha256, e.stream || ' version ' || e.version as place, e.stream
      from events e cross join lateral (values (e.data->>'sha256'),
        (e.data->>'original'), (e.data->>'packaged')) as named(sha256)
      where e.type in ('PhotoKept', 'CardIssued', 'EditionsIssued', 'CardCorrected')
        and named.sha256 is not null and e.pos > ${imported}
    ) told
    where not exists (select from photos p where p.sha256 = told.sha256)
      and not exists (
        select from people o where o.key is null
          and o.person::text = (regexp_match(told.stream, ${Stream.source}))[1]
      )
    group by sha256`;

const fileIds: Check = (sql) =>
  sql`select 'photo_files of bot ' || f.bot || ' for ' || f.sha256 || ': ' || f.wrong ||
      '; delete the row, and the picture goes up again' as sentence, null::float8 as pos
    from (
      select bot, sha256, case
        when bot <= 0 then 'no bot has such an id'
        when sha256 !~ '^(drawn:)?[0-9a-f]{64}$' then 'it names no picture'
        when file_id !~ '^[A-Za-z0-9_-]+$' then 'that is no id of a file'
        when count(*) over (partition by bot, file_id) > 1
          then 'another picture has the same id of a file'
        when sha256 not like 'drawn:%'
          and not exists (select from photos p where p.sha256 = photo_files.sha256)
          and not exists (select from events e where e.type = 'PhotoKept'
            and e.data->>'sha256' = photo_files.sha256)
          and sha256 not in (select it->>'sha256'
            from events e cross join lateral jsonb_array_elements(e.data->'pictures') it
            where e.type in ('PictureFetched', 'PictureServedStale'))
          then 'nobody knows of such a photo'
        end as wrong
      from photo_files
    ) f where f.wrong is not null`;

/** Their states are compared where facts are folded. */
const snapshots: Check = (sql) =>
  sql`select 'snapshots of ' || s.stream || ' by ' || s.machine || ': ' || case
        when e.pos is null then 'there is no fact at version ' || s.version
        when e.machine <> s.machine then 'version ' || s.version || ' was folded by ' || e.machine
        else 'its hash is not that of version ' || s.version end ||
      '; delete the row, and the facts are folded again' as sentence, e.pos::float8 as pos
    from snapshots s left join events e on e.stream = s.stream and e.version = s.version
    where e.pos is null or e.machine <> s.machine or e.hash <> s.hash`;

/** Kept for three days at least; two are looked at, as clocks differ. */
const forgottenCauses: Check = (sql, { imported }) =>
  sql`select 'seen_updates ' || e.causation || ': it is missing, so that what led to ' || e.stream ||
      ' version ' || e.version || ' could be applied again; insert its cause' as sentence,
      e.pos::float8 as pos
    from events e
    where e.recorded_at > now() - interval '2 days' and e.pos > ${imported}
      and e.causation ~ '^(update|effect):'
      and not exists (select from seen_updates u where u.cause = e.causation)`;

/** Whoever notes a cause without anything to show for it keeps an update from ever being applied. */
const strayCauses: Check = (sql) =>
  sql`select 'seen_updates ' || u.cause || ': it is there, and no fact, failure or message came of it; '
      'delete the row, and it can be applied' as sentence, null::float8 as pos
    from seen_updates u
    where u.cause ~ '^(update|effect):'
      and not exists (select from events e where e.causation = u.cause)
      and not exists (select from failed_updates f where f.cause = u.cause)
      and not exists (select from outbox o where o.correlation = u.cause)`;

const TASK = "^(.+):([0-9]{1,9}):([0-9]{1,9})$";

/** Tasks that name a fact; what is done has lost its payload. */
const tasks: Check = (sql) =>
  sql`select 'outbox ' || o.effect || ': ' || o.wrong ||
      '; set done_at, so that it is not carried out' as sentence, o.pos::float8 as pos
    from (
      select t.effect, e.pos, case
        when e.pos is null then 'there is no such fact'
        when e.effects->t.i is null then 'the fact names no such effect'
        when t.done_at is null and (t.payload->'effect' is distinct from e.effects->t.i
            or t.payload->>'fact' is distinct from e.id::text)
          then 'its payload is not what the fact says'
        when t.done_at is null and t.stream is distinct from e.stream
          then 'it is to be carried out for another stream' end as wrong
      from (
        select o.*, named[1] as of, named[2]::int as version, named[3]::int as i
        from outbox o, regexp_match(o.effect, ${TASK}) as named
        where o.effect !~ '^(update|effect|retry|failed):'
      ) t left join events e on e.stream = t.of and e.version = t.version
    ) o where o.wrong is not null`;

const missingTasks: Check = (sql, { imported, queued }) =>
  sql`select 'outbox ' || e.stream || ':' || e.version || ':' || n - 1 || ': it is missing, and the '
      'fact wants ' || (effect->>'type') || '; whoever waits for it has to ask again' as sentence,
      e.pos::float8 as pos
    from events e cross join lateral jsonb_array_elements(
      case jsonb_typeof(e.effects) when 'array' then e.effects else '[]' end
    ) with ordinality as named(effect, n)
    where e.pos > ${imported}
      and e.machine || ' ' || (effect->>'type') = any(${[...queued]}::text[])
      and not exists (
        select from outbox o where o.effect = e.stream || ':' || e.version || ':' || n - 1
      )`;

const people: Check = (sql, { imported }) =>
  sql`select 'people ' || (regexp_match(s.stream, ${Stream.source}))[1] || ': the row is missing, and '
      || s.stream || ' is theirs; it comes from a backup of the table' as sentence,
      min(e.pos)::float8 as pos
    from streams s join events e on e.stream = s.stream
    where s.stream ~ ${Stream.source}
      and not exists (
        select from people p
        where p.person::text = (regexp_match(s.stream, ${Stream.source}))[1]
      )
    group by s.stream having max(e.pos) > ${imported}
    union all
    select 'people ' || person || ': ' || wrong, null from (
      select person, case
        when count(*) over (partition by telegram_id) > 1 and telegram_id is not null
          then 'another row has the same Telegram id; only one of them is who writes'
        when telegram_id is not null and key is null
          then 'there is a Telegram id and no key; a backup has the key, else forget the person'
        when telegram_id is null and key is not null
          then 'there is a key and no Telegram id; a backup has it, else forget the person'
        when key is null and names is not null
          then 'there are names that no key opens; set them to null' end as wrong
      from people
    ) p where wrong is not null`;

const CHECKS = [
  ...[damagedPhotos, missingPhotos, fileIds, snapshots, forgottenCauses, strayCauses],
  ...[tasks, missingTasks, people],
];

/** Each table in one statement; of many faults a few come over, and the number of all. */
export async function verifyTables(
  sql: postgres.Sql,
  log: KeptLog,
  { add, more }: Pick<Faults, "add" | "more">,
): Promise<{ photos: number }> {
  return await transaction(sql, async (tx) => {
    await tx`set local statement_timeout = 0`;
    for (const check of CHECKS) {
      const rows = await tx<Found[]>`
        select sentence, pos, (count(*) over ())::float8 as all from (${check(tx, log)}) found
        order by pos nulls last, sentence limit ${FAULTS_SHOWN}`;
      for (const { sentence, pos } of rows) add({ pos: pos ?? Infinity, sentence });
      more((rows[0]?.all ?? 0) - rows.length);
    }
    const [row] = await tx<{ photos: number }[]>`select count(*)::float8 as photos from photos`;
    return { photos: row?.photos ?? 0 };
  });
}
