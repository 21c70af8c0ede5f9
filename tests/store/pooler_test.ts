/** Behind PgBouncer the bot works where a session is a session, and else is refused in words. */
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { migrations } from "../../src/flows/migrations.ts";
import { migrate } from "../../src/store/migrate.ts";
import { type Database, openDatabase } from "../../src/store/open_database.ts";
import { openPhotos } from "../../src/store/photos.ts";
import { UnfitDatabase } from "../../src/store/unfit_database.ts";
import { onServer } from "../bot/process_place.ts";
import { until } from "../bot/until.ts";
import { serverOnly } from "../database.ts";
import { needs, unless } from "../permissions.ts";
import { administer } from "./administer.ts";

const PROGRAM = "/usr/sbin/pgbouncer";

function missing(): string {
  const permissions = [{ name: "env" }, { name: "run" }, { name: "read" }, {
    name: "write",
  }] as const;
  const reason = needs(...permissions, { name: "net", host: "127.0.0.1" }) || serverOnly();
  if (reason !== "") return reason;
  try {
    return Deno.statSync(PROGRAM).isFile ? "" : `needs ${PROGRAM}`;
  } catch {
    return `needs ${PROGRAM} (apt-get install pgbouncer)`;
  }
}

/** A test on an empty database that is reached at `pooled` through PgBouncer. */
function poolerTest(
  name: string,
  settings: readonly string[],
  test: (pooled: string, url: string, database: string) => Promise<void>,
): void {
  Deno.test({
    ...unless(missing(), name),
    fn: () =>
      onServer(Deno.env.get("TEST_DATABASE_URL") ?? "", async (url) => {
        await using pooler = await startPooler(url, settings);
        await test(pooler.url, url, new URL(url).pathname.slice(1));
      }),
  });
}

async function startPooler(url: string, settings: readonly string[]) {
  const folder = await Deno.makeTempDir();
  using free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = free.addr;
  free.close();
  const { hostname, port: behind, username, password } = new URL(url);
  const log = `${folder}/log`;
  await Deno.writeTextFile(
    `${folder}/pgbouncer.ini`,
    [
      "[databases]",
      `* = host=${hostname} port=${behind} user=${username} password=${password}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${port}`,
      "unix_socket_dir =",
      "auth_type = any",
      `logfile = ${log}`,
      ...settings,
    ].join("\n"),
  );
  const root = Deno.uid() === 0;
  if (root) await new Deno.Command("chown", { args: ["-R", "postgres", folder] }).output();
  const demoted = ["--reuid=postgres", "--regid=postgres", "--clear-groups", PROGRAM];
  const child = new Deno.Command(root ? "setpriv" : PROGRAM, {
    args: [...root ? demoted : [], "-q", `${folder}/pgbouncer.ini`],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  await until(
    "the pooler listens",
    async () =>
      await Deno.connect({ hostname: "127.0.0.1", port }).then((it) => {
        it.close();
        return true;
      }, () => false),
    10_000,
  );
  const pooled = new URL(url);
  pooled.host = `127.0.0.1:${port}`;
  return {
    url: pooled.href,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function keepAndRead({ sql }: Database): Promise<void> {
  const photos = openPhotos(sql);
  const bytes = new Uint8Array(300).map((_, i) => i);
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  await photos.keep({ sha256, bytes, type: "image/png", width: 1, height: 1 });
  assertEquals(new Uint8Array(await photos.read(sha256) ?? []), bytes);
}

const refused = async (url: string): Promise<string> =>
  (await assertRejects(() => openDatabase({ url }), UnfitDatabase)).message;

for (const ignored of ["", "bytea_output, statement_timeout, search_path, jit, row_security"]) {
  const name = ignored === "" ? "as it comes" : "that ignores settings";
  const ini = ["pool_mode = session"];
  poolerTest(
    `pooler of sessions ${name} works`,
    ignored === "" ? ini : [...ini, `ignore_startup_parameters = ${ignored}`],
    async (pooled) => {
      const database = await openDatabase({ url: pooled });
      try {
        await migrate(database, migrations);
        await keepAndRead(database);
      } finally {
        await database.close();
      }
    },
  );
}

poolerTest(
  "pooler that keeps a setting from a server that needs it is refused, until the role has it",
  ["pool_mode = session"],
  async (pooled, url, database) => {
    await administer(
      url,
      `alter database ${database} set bytea_output = escape`,
      `alter database ${database} set synchronous_commit = off`,
    );
    const message = await refused(pooled);
    assertStringIncludes(message, "bytea_output is escape, synchronous_commit is off.");
    const [mend = ""] = /alter role "postgres" set .*;/.exec(message) ?? [];
    const here = mend.replaceAll(`"postgres" set`, `"postgres" in database ${database} set`);
    await administer(url, ...here.split(";").filter((it) => it.trim() !== ""));
    // The pooler's own connections would keep what they began with.
    await using another = await startPooler(url, ["pool_mode = session"]);
    const opened = await openDatabase({ url: another.url });
    await opened.close();
  },
);

for (const mode of ["transaction", "statement"]) {
  poolerTest(`pooler of ${mode}s is refused`, [`pool_mode = ${mode}`], async (pooled) => {
    assertMatch(
      await refused(pooled),
      /^Cannot work on the database \S+ at \S+: a connection pooler there gives each transaction another session \(pool_mode = transaction or statement\), and the bot's prepared statements and settings belong to a session\. Set pool_mode = session for it, or name the server itself in DATABASE_URL\.$/,
    );
  });
}

poolerTest(
  "pooler of transactions that hands its servers out in turn is refused too",
  ["pool_mode = transaction", "server_round_robin = 1"],
  async (pooled) => {
    // Several servers are open before the bot comes.
    await Promise.all([1, 2, 3].map(() => administer(pooled, "select pg_sleep(0.2)")));
    assertStringIncludes(await refused(pooled), "gives each transaction another session");
  },
);
