/** What must be true of every bot's database and log lines when a test is over. */
import type { Emulator } from "@amanita/emulator";
import { assertEquals } from "@std/assert";
import type postgres from "postgres";
import { charts } from "../../machines/charts.ts";
import { migrations } from "../../src/flows/migrations.ts";
import { projections } from "../../src/flows/projections.ts";
import { verifyLog } from "../../src/replay/verify/verify.ts";

/** Positions, chains, schemas, charts and read models agree. */
export async function assertWhole(sql: postgres.Sql): Promise<void> {
  const { faults } = await verifyLog(sql, { charts, projections, migrations });
  assertEquals(faults, []);
}

/** Tasks that are not done, but for timers whose time has not come. */
export async function undone(sql: postgres.Sql): Promise<{ effect: string; name: string }[]> {
  const rows = await sql<{ effect: string; name: string }[]>`
    select effect, payload->'effect'->>'type' as name from outbox
    where done_at is null and (payload->'effect'->>'type' <> 'startTimer' or due_at < ${Date.now()})
    order by seq`;
  return [...rows];
}

/** What no log line and no dump may hold: the token and everybody's names. */
export function secretsOf(emulator: Emulator): string[] {
  const names = emulator.people().flatMap((person) => [
    person.first_name,
    person.last_name ?? "",
    person.username ?? "",
  ]);
  return [emulator.token.split(":")[1] ?? "", ...names].filter((secret) => secret !== "");
}

/** No line tells a secret. */
export function assertDiscreet(lines: readonly string[], emulator: Emulator): void {
  const secrets = secretsOf(emulator);
  assertEquals(lines.filter((line) => secrets.some((secret) => line.includes(secret))), []);
}
