/** Who a uuid is: the only place that knows Telegram ids and names, and it keeps names sealed. */
import type { Names } from "../base/names.ts";
import { LRUCache } from "lru-cache";
import type postgres from "postgres";
import { v4 } from "uuid";
import { dialogueStream, groupStreams } from "../../events/stream.ts";
import { seal, sealingKey, unseal } from "./seal.ts";
import { throwStoreError } from "./store_unavailable.ts";

/** Somebody who wrote to the bot. */
export interface Newcomer {
  telegram_id: number;
  names: Names;
  language: string | null;
}

/** What is known of a person; everything but the uuid goes when the person is forgotten. */
export interface Person {
  person: string;
  telegram_id: number | null;
  language: string | null;
  /** The names, sealed with the person's key. */
  sealed_names: string | null;
}

interface PersonRow extends Person {
  key: string | null;
}

interface Known extends Person {
  key: CryptoKey | null;
  /** The names as they were sealed, so that a change is noticed without unsealing. */
  plain_names: string | null;
}

export interface People {
  /** Finds or makes the person behind each Telegram id; keeps names and language up to date. */
  meet(newcomers: readonly Newcomer[]): Promise<Map<number, Person>>;
  find(person: string): Promise<Person | null>;
  /** The uuid behind a Telegram id, if they ever wrote. */
  personOf(telegram_id: number): Promise<string | null>;
  /** The names, or null for somebody unknown or forgotten. */
  namesOf(person: string): Promise<Names | null>;
  seal(person: string, text: string): Promise<string>;
  unseal(person: string, token: string): Promise<string | null>;
  /** Whether a token opens; "forgotten" where its person has no key any more, or never had one. */
  opens(person: string, token: string): Promise<"opens" | "broken" | "forgotten">;
  /** Whether the master key unwraps the `key` in somebody's row. */
  opensKey(person: string, key: string): Promise<boolean>;
  setReachable(person: string, reachable: boolean): Promise<void>;
  /** Deletes the key and everything sealed with it: nobody can open what the log holds. */
  forget(person: string): Promise<void>;
}

const CACHED_MAX = 4_000;
const columns = "person, telegram_id, key, names as sealed_names, language";

/** People on `sql`; `master` wraps each person's key. */
export function openPeople(sql: postgres.Sql, master: CryptoKey): People {
  const byPerson = new LRUCache<string, Known>({ max: CACHED_MAX });
  const byTelegramId = new LRUCache<number, string>({ max: CACHED_MAX });

  function remember(known: Known): Known {
    byPerson.set(known.person, known);
    if (known.telegram_id !== null) byTelegramId.set(known.telegram_id, known.person);
    return known;
  }

  async function load(person: string): Promise<Known | null> {
    const cached = byPerson.get(person);
    if (cached) return cached;
    const [row] = await sql<PersonRow[]>`
      select ${sql.unsafe(columns)} from people where person = ${person}`.catch(throwStoreError);
    if (!row) return null;
    const known = await unlock(master, row);
    if (known.key && known.sealed_names) {
      known.plain_names = await unseal(known.key, known.sealed_names, person);
    }
    // A concurrent writer knows more than a row that may have been read before.
    return byPerson.get(person) ?? remember(known);
  }

  async function keyOf(person: string): Promise<CryptoKey> {
    const known = await load(person);
    if (known?.key) return known.key;
    throw new Error(`Cannot seal for ${person}: there is no key (forgotten, or another PII_KEY)`);
  }

  return {
    async meet(newcomers) {
      const met = new Map<number, Person>();
      const strangers: Newcomer[] = [];
      for (const newcomer of newcomers) {
        const known = byPerson.get(byTelegramId.get(newcomer.telegram_id) ?? "");
        const same = known?.plain_names === JSON.stringify(newcomer.names) &&
          known.language === newcomer.language;
        if (known && same) met.set(newcomer.telegram_id, known);
        else strangers.push(newcomer);
      }
      for (const known of await meetStrangers(sql, master, strangers, remember)) {
        if (known.telegram_id !== null) met.set(known.telegram_id, known);
      }
      return met;
    },
    find: load,
    async personOf(telegram_id) {
      const cached = byTelegramId.get(telegram_id);
      if (cached) return cached;
      const [row] = await sql<{ person: string }[]>`
        select person from people where telegram_id = ${telegram_id}`.catch(throwStoreError);
      return row?.person ?? null;
    },
    async namesOf(person) {
      const known = await load(person);
      return known?.plain_names ? JSON.parse(known.plain_names) : null;
    },
    seal: async (person, text) => await seal(await keyOf(person), text, person),
    async unseal(person, token) {
      const known = await load(person);
      return known?.key ? await unseal(known.key, token, person) : null;
    },
    async opens(person, token) {
      const [row] = await sql<{ key: string | null }[]>`
        select key from people where person = ${person}`.catch(throwStoreError);
      if (!row || row.key === null) return "forgotten";
      const raw = await unseal(master, row.key, person);
      if (raw === null) return "broken";
      const key = await sealingKey(Uint8Array.fromBase64(raw));
      return await unseal(key, token, person) === null ? "broken" : "opens";
    },
    opensKey: async (person, key) => await unseal(master, key, person) !== null,
    async setReachable(person, reachable) {
      await sql`update people set reachable = ${reachable}
        where person = ${person} and reachable <> ${reachable}`.catch(throwStoreError);
    },
    async forget(person) {
      // A slot remembers the chat of a message, and in private that is the person's own id.
      await sql`
        with slotless as (
          delete from slots where stream = ${dialogueStream(person)}
            or starts_with(stream, ${groupStreams(person)})
        )
        update people set key = null, names = null, telegram_id = null, language = null
        where person = ${person}`.catch(throwStoreError);
      const known = byPerson.get(person);
      if (known && known.telegram_id !== null) byTelegramId.delete(known.telegram_id);
      byPerson.delete(person);
    },
  };
}

/** The row with its key opened; the names stay sealed. */
async function unlock(master: CryptoKey, row: PersonRow): Promise<Known> {
  const raw = row.key === null ? null : await unseal(master, row.key, row.person);
  const key = raw === null ? null : await sealingKey(Uint8Array.fromBase64(raw));
  return { ...row, key, plain_names: null };
}

/** One statement for all who are new or changed; a race with another process ends in one person. */
async function meetStrangers(
  sql: postgres.Sql,
  master: CryptoKey,
  strangers: readonly Newcomer[],
  remember: (known: Known) => Known,
): Promise<Known[]> {
  if (strangers.length === 0) return [];
  const latest = new Map(strangers.map((newcomer) => [newcomer.telegram_id, newcomer]));
  const ids = [...latest.keys()].sort((a, b) => a - b);
  const fresh = await Promise.all(ids.map(async (telegram_id) => {
    const person = v4();
    const raw = crypto.getRandomValues(new Uint8Array(32));
    return { telegram_id, person, key: await seal(master, raw.toBase64(), person) };
  }));
  await sql`
    insert into people (person, telegram_id, key)
    select * from unnest(${fresh.map((f) => f.person)}::uuid[],
      ${fresh.map((f) => f.telegram_id)}::bigint[], ${fresh.map((f) => f.key)}::text[])
    as fresh(person, telegram_id, key)
    where not exists (select 1 from people p where p.telegram_id = fresh.telegram_id)
    on conflict (telegram_id) do nothing`.catch(throwStoreError);
  const rows = await sql<PersonRow[]>`
    select ${sql.unsafe(columns)} from people where telegram_id = any(${ids}::bigint[])`
    .catch(throwStoreError);
  return await Promise.all(rows.map(async (row) => {
    const newcomer = latest.get(row.telegram_id ?? 0);
    const known = await unlock(master, row);
    if (!newcomer || !known.key) return remember(known);
    const plain_names = JSON.stringify(newcomer.names);
    const before = row.sealed_names &&
      await unseal(known.key, row.sealed_names, row.person);
    if (before !== plain_names || row.language !== newcomer.language) {
      known.sealed_names = await seal(known.key, plain_names, row.person);
      known.language = newcomer.language;
      await sql`update people set names = ${known.sealed_names}, language = ${known.language}
        where person = ${row.person}`.catch(throwStoreError);
    }
    known.plain_names = plain_names;
    // Not before all is known: others would take the rest for missing.
    return remember(known);
  }));
}
