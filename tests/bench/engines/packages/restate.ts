/**
 * Restate: an object for each person, whose handler writes to PostgreSQL in one durable step and
 * sends in another. Its server keeps the journal on its own disk, beside PostgreSQL.
 */
import { createEndpointHandler, object, type ObjectContext } from "@restatedev/restate-sdk/fetch";
import postgres from "postgres";
import { CONNECTIONS, type Contender, IDLE_SECONDS, serve, type Update } from "../contender.ts";
import { openRestateServer } from "./restate_server.ts";
import { readVersion, STEP_TABLES, tallyOf, writeStep } from "./step_tables.ts";

async function openRestate(url: string): Promise<Contender> {
  await using opening = new AsyncDisposableStack();
  const sql = postgres(url, {
    max: CONNECTIONS,
    idle_timeout: IDLE_SECONDS,
    onnotice: () => {},
  });
  opening.defer(() => sql.end({ timeout: 5 }));
  await sql.unsafe(STEP_TABLES);
  let sent = 0;
  const person = object({
    name: "person",
    handlers: {
      check: async (ctx: ObjectContext, update: Update) => {
        const version = await ctx.get<number>("version") ??
          await ctx.run("version", () => readVersion(sql, update.person));
        await ctx.run("step", () => writeOnce(sql, update, version));
        ctx.set("version", version + 2);
        await ctx.run("send", () => ++sent);
      },
    },
  });
  const handler = createEndpointHandler({
    services: [person],
    bidirectional: true,
    logger: () => {},
  });
  const endpoint = opening.use(
    Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      (request) => handler(request),
    ),
  );
  const server = opening.use(await openRestateServer());
  await server.register(`http://127.0.0.1:${endpoint.addr.port}`);
  const open = opening.move();
  return {
    async apply(update) {
      const answer = await fetch(
        `${server.ingress}/person/${update.person}/check`,
        {
          method: "POST",
          headers: {
            "content-type": "application/json",
            "idempotency-key": String(update.number),
          },
          body: JSON.stringify(update),
        },
      );
      const said = await answer.text();
      if (!answer.ok) {
        throw new Error(`Restate answered ${answer.status}: ${said}`);
      }
    },
    tally: () => tallyOf(sql, sent),
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  };
}

/** A step that was written before its journal knew of it is not written again. */
async function writeOnce(
  sql: postgres.Sql,
  update: Update,
  version: number,
): Promise<void> {
  await sql.begin(async (tx) => {
    const seen = await tx`insert into step.seen (update) values (${update.number})
      on conflict do nothing returning update`;
    if (seen.length === 0) return;
    if (!await writeStep(tx, update, version)) {
      throw new Error(`${update.person} is not at version ${version}`);
    }
  });
}

if (import.meta.main) await serve(openRestate);
