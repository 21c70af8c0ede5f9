/** What a person means who types a card, somebody, or a reference, and no stream. */
import type postgres from "postgres";
import { readCode } from "../../../events/code.ts";
import { dialogueStream, groupStreams } from "../../../events/stream.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { CannotReplay, exitCodes } from "./exit_codes.ts";

/** A card of the log. */
export interface FoundCard {
  card: string;
  number: number;
  maker: string;
}

/** One check: its ordinal number, and by how many people until then. */
export interface FoundScan {
  number: number;
  people: number;
  first_at: number;
}

/** How cards are looked up: as they stand today. */
export interface CardLookup {
  byId(card: string): Promise<FoundCard | null>;
  byNumber(number: number): Promise<FoundCard | null>;
  idOfCode(code: string): Promise<string | null>;
  scan(fact: string): Promise<FoundScan | null>;
}

/** Opens what is sealed with people's keys. */
export interface Unsealer {
  unseal(person: string, token: string): Promise<string | null>;
}

/** Where a search looks. */
export interface Finder {
  sql: postgres.Sql;
  cards: CardLookup;
  /** Null where there is no key, so that nobody is found by their name. */
  people: () => Promise<Unsealer | null>;
}

/** What was meant. */
export type Subject =
  | { is: "card"; card: FoundCard }
  | { is: "person"; person: string }
  | { is: "failure"; stream: string };

const CARD = /^(?:card:|№|#|c_)\s*(\d{1,9})$/iu;
const PERSON = /^id:(\d{1,16})$/i;
const USERNAME = /^@(\w{1,32})$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PAGE_SIZE = 500;

/**
 * All that `asked` may mean: "7", "№7", "card:7", a code in any grouping, "@anna", "id:4711", a
 * uuid, the reference of a failed update. Throws `CannotReplay` where a name is sealed for good.
 */
export async function findSubjects(finder: Finder, asked: string): Promise<Subject[]> {
  const text = asked.trim();
  const [number] = [CARD.exec(text)?.[1] ?? (/^\d{1,9}$/.test(text) ? text : null)];
  const id = PERSON.exec(text)?.[1] ?? (/^\d{1,16}$/.test(text) ? text : null);
  const username = USERNAME.exec(text)?.[1];
  const found = await Promise.all([
    number === null ? [] : cardOf(await finder.cards.byNumber(Number(number))),
    byCode(finder, text),
    id === null ? [] : byTelegramId(finder.sql, id),
    username === undefined ? [] : byUsername(finder, username),
    UUID.test(text) ? byUuid(finder, text.toLowerCase()) : [],
    byReference(finder.sql, text),
  ]);
  return found.flat();
}

const cardOf = (card: FoundCard | null): Subject[] => card ? [{ is: "card", card }] : [];

async function byCode({ cards }: Finder, text: string): Promise<Subject[]> {
  const read = readCode(text);
  if (!read || !("code" in read)) return [];
  const card = await cards.idOfCode(read.code);
  return card === null ? [] : cardOf(await cards.byId(card));
}

async function byUuid({ cards, sql }: Finder, uuid: string): Promise<Subject[]> {
  const card = cardOf(await cards.byId(uuid));
  if (card.length > 0) return card;
  const [known] = await sql`
    select from streams where stream = ${dialogueStream(uuid)}
      or starts_with(stream, ${groupStreams(uuid)}) limit 1`.catch(throwStoreError);
  return known ? [{ is: "person", person: uuid }] : [];
}

async function byTelegramId(sql: postgres.Sql, id: string): Promise<Subject[]> {
  const rows = await sql<{ person: string }[]>`
    select person from people where telegram_id = ${id}::bigint`.catch(throwStoreError);
  return rows.map(({ person }) => ({ is: "person", person }));
}

async function byReference(sql: postgres.Sql, text: string): Promise<Subject[]> {
  const rows = await sql<{ stream: string }[]>`
    select stream from failed_updates where reference = ${text} or reference = ${text.toUpperCase()}
    limit 1`.catch(throwStoreError);
  return rows.map(({ stream }) => ({ is: "failure", stream }));
}

/** Usernames are sealed, each with its person's key: all of them are opened, and none is told. */
async function byUsername({ sql, people }: Finder, username: string): Promise<Subject[]> {
  const unsealer = await people();
  if (unsealer === null) {
    throw new CannotReplay(
      `Cannot find @${username}: names are sealed, and there is no key. Set PII_KEY, or DATA_DIR ` +
        "to the folder with pii.key",
      exitCodes.bad_config,
    );
  }
  const found: Subject[] = [];
  for (let after = "";;) {
    const rows = await sql<{ person: string; names: string }[]>`
      select person::text as person, names from people
      where names is not null and person::text > ${after}
      order by person::text limit ${PAGE_SIZE}`.catch(throwStoreError);
    await Promise.all(rows.map(async ({ person, names }) => {
      const opened = await unsealer.unseal(person, names);
      if (isNamed(opened, username)) found.push({ is: "person", person });
    }));
    after = rows.at(-1)?.person ?? after;
    if (rows.length < PAGE_SIZE) return found;
  }
}

/** Whether these are the names, as JSON, of whoever has this username: in any case of its letters. */
function isNamed(names: string | null, username: string): boolean {
  const known: unknown = names === null ? null : JSON.parse(names);
  return typeof known === "object" && known !== null && "username" in known &&
    typeof known.username === "string" &&
    known.username.toLowerCase() === username.toLowerCase();
}

/** "card №7", "a person", "a failed update": to tell apart what one name may mean. */
export function describeSubject(subject: Subject): string {
  switch (subject.is) {
    case "card":
      return `the number of a card (card:${subject.card.number})`;
    case "person":
      return "somebody's id at Telegram (id:…)";
    case "failure":
      return "a reference";
  }
}

/** The dialogues that had to do with it: a person's, or all in which a card came up. */
export async function streamsOf(sql: postgres.Sql, subject: Subject): Promise<string[]> {
  if (subject.is === "failure") return [subject.stream];
  const rows = subject.is === "person"
    ? await sql<{ stream: string }[]>`
      select stream from streams where stream = ${dialogueStream(subject.person)}
        or starts_with(stream, ${groupStreams(subject.person)}) order by stream`
      .catch(throwStoreError)
    : await sql<{ stream: string }[]>`
      select distinct stream from events
      where data->>'card' = ${subject.card.card} or data->>'number' = ${`${subject.card.number}`}
        or data->'cards' @> ${JSON.stringify([{ card: subject.card.card }])}::text::jsonb
      order by stream`.catch(throwStoreError);
  return rows.map(({ stream }) => stream);
}

/** Streams whose names hold this. */
export async function streamsNamed(sql: postgres.Sql, part: string): Promise<string[]> {
  const rows = await sql<{ stream: string }[]>`
    select stream from streams where strpos(stream, ${part}) > 0`.catch(throwStoreError);
  return rows.map(({ stream }) => stream);
}
