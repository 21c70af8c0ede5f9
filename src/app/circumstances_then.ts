/**
 * What a person might do and which language they heard, as of a fact of theirs. Its envelope says
 * so; where it has none, from before that was kept, it is guessed by what is known today.
 */
import type postgres from "postgres";
import type { Circumstances } from "../../events/envelope.ts";
import { readDialogueStream } from "../../events/stream.ts";
import type { Rights } from "../../machines/flow/input_context.ts";
import { languageChosenIn, openLanguages } from "../flows/language/read_model.ts";
import { openMakers } from "../flows/makers/read_model.ts";
import { rightsToldIn } from "../flows/makers/rights_told.ts";
import { type Locale, localeOf } from "../locales/locales.ts";
import type { FindCircumstances } from "../replay/walk/chat.ts";
import type { EventRow } from "../store/event_row.ts";
import { throwStoreError } from "../store/store_unavailable.ts";

/** What is set today. */
export interface Today {
  /** The owners of today. */
  ADMIN_IDS: readonly number[];
  DEFAULT_LOCALE: Locale;
}

const none: Rights = { admin: false, owner: false };
const makers: Rights = { admin: true, owner: false };
const owners: Rights = { admin: true, owner: true };

/** Finds them on a migrated database, whose facts are what they are meanwhile. */
export function openCircumstancesThen(
  sql: postgres.Sql,
  options: Today,
): FindCircumstances {
  const { welcome } = openMakers({ sql });
  const known = new Map<string, Promise<Known>>();

  function knownOf(person: string): Promise<Known> {
    const found = known.get(person) ?? readKnown(sql, person);
    known.set(person, found);
    return found;
  }

  /** An invitation makes a maker of whoever comes with it, by the time that they are answered. */
  async function joined(turn: readonly EventRow[]): Promise<boolean> {
    const [presented] = turn.filter(({ type }) => type === "InvitationPresented");
    return presented !== undefined && await welcome(presented.id) === "joined";
  }

  return async (stream, facts) => {
    const last = facts.at(-1);
    const turn = facts.filter(({ causation }) => causation === last?.causation);
    const read = readDialogueStream(stream);
    if (!last?.envelope) {
      const guessed = read ? guess(await knownOf(read.person), facts, options) : nobodys(options);
      const rights = read?.group ? none : guessed.rights;
      return { ...guessed, rights, known: false };
    }
    const { rights, locale } = last.envelope;
    const isMaker = rights.admin || read?.group === null && await joined(turn);
    return {
      rights: rights.admin || !isMaker ? rights : makers,
      // What they chose holds from the answer to the choice on.
      locale: languageChosenIn(turn) ?? locale,
      known: true,
    };
  };
}

/** What the database knows of a person today, and at which positions that changed. */
interface Known {
  person: { telegram_id: number | null; language: string | null } | null;
  turns: readonly { pos: number; active: boolean }[];
  choices: readonly { pos: number; language: string }[];
}

async function readKnown(sql: postgres.Sql, person: string): Promise<Known> {
  const [[row], turns, choices] = await Promise.all([
    sql<NonNullable<Known["person"]>[]>`
      select telegram_id::float8 as telegram_id, language from people
      where person::text = ${person}`.catch(throwStoreError),
    openMakers({ sql }).turnsOf(person),
    openLanguages({ sql }).choicesOf(person),
  ]);
  return { person: row ?? null, turns, choices };
}

const nobodys = ({ DEFAULT_LOCALE }: Today): Circumstances => ({
  rights: none,
  locale: DEFAULT_LOCALE,
});

/** Of whom nothing is known, that the chart named an effect means that they had the right to it. */
function guess(known: Known, facts: readonly EventRow[], options: Today): Circumstances {
  const language = known.person?.language ?? null;
  const chosen = languageChosenIn(facts.filter(isForked)) ??
    upto(facts, known.choices)?.language ?? null;
  const locale = localeOf(chosen) ?? localeOf(language) ?? options.DEFAULT_LOCALE;
  return { rights: guessRights(known, facts, options), locale };
}

/** What the dialogue itself tells, unless that changed since; else what is known of the person. */
function guessRights({ person, turns }: Known, facts: readonly EventRow[], today: Today): Rights {
  const told = rightsToldIn(facts);
  const turn = upto(facts, turns);
  if (told && (!turn || turn.pos < told.row.pos)) return told.rights;
  if (turn?.active) return makers;
  const telegram_id = person?.telegram_id ?? null;
  if (telegram_id === null) return turn ? none : owners;
  return today.ADMIN_IDS.includes(telegram_id) ? owners : none;
}

const isForked = ({ pos }: EventRow): boolean => pos === 0;

/** The newest of what happened before the newest of `facts` that lies in the log. */
function upto<At extends { pos: number }>(
  facts: readonly EventRow[],
  all: readonly At[],
): At | undefined {
  const pos = facts.findLast((row) => !isForked(row))?.pos ?? 0;
  return all.findLast((it) => it.pos <= pos);
}
