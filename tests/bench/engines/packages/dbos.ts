/** DBOS: a workflow for each update, with a transaction and a step that sends. */
import { DBOS } from "@dbos-inc/dbos-sdk";
import { PostgresDataSource } from "@dbos-inc/postgres-datasource";
import postgres from "postgres";
import { CONNECTIONS, type Contender, IDLE_SECONDS, serve, type Update } from "../contender.ts";
import { openVersions } from "../versions.ts";
import { readVersion, STEP_TABLES, tallyOf, writeStep } from "./step_tables.ts";

async function openDbos(url: string): Promise<Contender> {
  const options = {
    max: CONNECTIONS,
    idle_timeout: IDLE_SECONDS,
    onnotice: () => {},
  };
  const sql = postgres(url, { ...options, max: 2 });
  await sql.unsafe(STEP_TABLES);
  const { hostname, port, username, password, pathname } = new URL(url);
  const source = new PostgresDataSource("step", {
    ...options,
    ...{
      host: hostname,
      port: Number(port),
      username,
      password,
      database: pathname.slice(1),
    },
  });
  let sent = 0;
  const send = () => Promise.resolve(++sent);
  const transact = source.registerTransaction(
    (update: Update, version: number) => writeStep(PostgresDataSource.client, update, version),
    { name: "step" },
  );
  const versions = openVersions((person) => readVersion(sql, person));
  const workflow = DBOS.registerWorkflow(async (update: Update) => {
    await versions.append(
      update.person,
      2,
      async (version) => await transact(update, version) ? "appended" : "conflict",
    );
    await DBOS.runStep(send, { name: "send" });
  }, { name: "check" });

  DBOS.setConfig({
    name: "bench",
    systemDatabaseUrl: url,
    systemDatabasePoolSize: CONNECTIONS,
    logLevel: "error",
    runAdminServer: false,
  });
  await DBOS.launch();
  return {
    async apply(update) {
      const workflowID = `update:${update.number}`;
      const handle = await DBOS.startWorkflow(workflow, { workflowID })(update);
      await handle.getResult();
    },
    tally: () => tallyOf(sql, sent),
    async [Symbol.asyncDispose]() {
      await DBOS.shutdown();
      await sql.end({ timeout: 5 });
    },
  };
}

if (import.meta.main) await serve(openDbos);
