/** What a database belongs to, so that no other bot and no other key works on it by mistake. */
import { ExitError } from "../base/exit_error.ts";
import type postgres from "postgres";

/** Thrown when a database belongs to another bot, or its people to another key. */
export class ForeignDatabase extends ExitError {
  override name = "ForeignDatabase";
  readonly exit_code = 78;
}

/** Writes the bot's id into the database on first use; refuses another bot unless `adopt`. */
export async function claimForBot(sql: postgres.Sql, bot: number, adopt: boolean): Promise<void> {
  const found = await claim(sql, "bot", String(bot));
  if (found === String(bot)) return;
  if (!adopt) {
    throw new ForeignDatabase(
      `Cannot work on this database as bot ${bot}: it belongs to bot ${found}. ` +
        `Choose another database, or set ADOPT_BOT=1 once to take it over`,
    );
  }
  await sql`update stamps set value = ${String(bot)} where name = 'bot'`;
}

/** Writes the fingerprint of the key that wraps people's keys on first use; refuses another key. */
export async function claimForKey(sql: postgres.Sql, fingerprint: string): Promise<void> {
  const found = await claim(sql, "key", fingerprint);
  if (found === fingerprint) return;
  throw new ForeignDatabase(
    `Cannot work on this database with this PII_KEY (fingerprint ${fingerprint}): its people are ` +
      `sealed with another one (fingerprint ${found}). Set PII_KEY to that one`,
  );
}

async function claim(sql: postgres.Sql, name: string, value: string): Promise<string> {
  await sql`insert into stamps (name, value) values (${name}, ${value}) on conflict do nothing`;
  const [row] = await sql<{ value: string }[]>`select value from stamps where name = ${name}`;
  return row?.value ?? value;
}
