import { assert, assertEquals, assertRejects } from "@std/assert";
import { Buffer } from "node:buffer";
import type { Duplex } from "node:stream";
import postgres from "postgres";
import { Bridge } from "../../src/store/embedded/bridge.ts";
import { concat, frame } from "../../src/store/embedded/frames.ts";
import { openEngine } from "../../src/store/embedded/engine.ts";
import { connectEngine, type Embedded } from "../../src/store/embedded/open_embedded.ts";
import { until } from "../bot/until.ts";
import { needs, unless } from "../permissions.ts";

const reason = needs({ name: "env" });

Deno.test("bridge takes up what comes at the moment that it becomes idle", async () => {
  const startup = new Uint8Array(9);
  new DataView(startup.buffer).setInt32(0, startup.length);
  const engine = {
    inTransaction: () => false,
    image: () => Promise.resolve(new Blob()),
    close: () => Promise.resolve(),
  };
  for (let moment = 0; moment < 20; moment++) {
    let runs = 0;
    const bridge = new Bridge({ ...engine, run: () => Promise.resolve(void runs++) }, () => {});
    const first = bridge.receive(1, startup.slice());
    for (let i = 0; i < moment; i++) await undefined;
    await Promise.all([first, bridge.receive(2, startup.slice())]);
    assertEquals(runs, 2, `after ${moment} turns`);
  }
});

bridgeTest("bridge stays healthy through 3,000 mixed operations", async (embedded) => {
  const { sql } = client(embedded);
  await sql`create table cards (id serial primary key, maker int)`;
  let expected = 0;
  const operations = [
    async (maker: number) => {
      await sql`insert into cards (maker) values (${maker})`;
      expected++;
    },
    async (maker: number) => {
      await sql.begin(async (tx) => {
        await tx`insert into cards (maker) values (${maker})`;
        await tx.savepoint(async (inner) => {
          await inner`insert into cards (maker) values (${maker})`;
          throw new Error("Undone");
        }).catch(() => {});
        await tx`insert into cards (maker) values (${maker})`;
      });
      expected += 2;
    },
    (maker: number) =>
      assertRejects(() =>
        sql.begin(async (tx) => {
          await tx`insert into cards (maker) values (${maker})`;
          await tx`select ${maker} / 0`;
        })
      ),
    async (maker: number) => {
      let seen = 0;
      const rows = sql`select generate_series(1, 50) + ${maker}::int as n`;
      for await (const some of rows.cursor(20)) seen += some.length;
      assertEquals(seen, 50);
    },
    () => assertRejects(() => sql`select * from nowhere`),
    async (maker: number) => {
      const doomed = client(embedded);
      await doomed.sql.begin(async (tx) => {
        await tx`insert into cards (maker) values (${maker})`;
        doomed.drop();
        await tx`select 1`;
      }).catch(() => {});
      await doomed.sql.end({ timeout: 0 });
    },
  ];
  const work = Array.from(
    { length: 3_000 },
    (_, turn) => [operations[turn * 7 % 6], turn] as const,
  );
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let next = work.pop(); next !== undefined; next = work.pop()) await next[0]?.(next[1]);
  }));
  assertEquals([...await sql`select count(*) from cards`], [{ count: String(expected) }]);
  await sql.end();
});

bridgeTest("bridge lets a transaction finish before another begins", async (embedded) => {
  const { sql, wrote } = client(embedded);
  const seen: string[] = [];
  const transaction = (name: string) =>
    sql.begin(async (tx) => {
      await tx`select 1`;
      seen.push(name);
      // By now the other has asked as well.
      await until("both have begun", () => wrote().split("begin").length > 2);
      await tx`select 1`;
      seen.push(name);
    });
  await Promise.all([transaction("a"), transaction("b")]);
  assert(["aabb", "bbaa"].includes(seen.join("")));
  await sql.end();
});

bridgeTest("bridge undoes what a dropped connection left open", async (embedded) => {
  const { sql } = client(embedded);
  const doomed = client(embedded);
  await sql`create table cards (id int)`;
  await assertRejects(() =>
    doomed.sql.begin(async (tx) => {
      await tx`insert into cards values (1)`;
      doomed.drop();
      await tx`select 1`;
    })
  );
  assertEquals([...await sql`select id from cards`], []);
  await Promise.all([sql.end(), doomed.sql.end({ timeout: 0 })]);
});

bridgeTest("bridge drops the prepared statements of a connection that ended", async (embedded) => {
  const { sql } = client(embedded);
  const prepared = async () => (await sql`select count(*) from pg_prepared_statements`)[0]?.count;
  await prepared();
  const before = await prepared();
  const other = client(embedded);
  await other.sql`select 1 where ${true}`;
  await other.sql.end();
  assertEquals(await prepared(), before);
  await sql.end();
});

bridgeTest("bridge hangs up on a request to cancel", async (embedded) => {
  const { sql } = client(embedded);
  await sql`select 1`;
  const request = Buffer.alloc(16);
  [16, 80_877_102, 1, 1].forEach((number, index) => request.writeInt32BE(number, index * 4));
  const socket = embedded.socket();
  socket.write(request);
  await happens(socket, "close");
  assertEquals([...await sql`select 1 as one`], [{ one: 1 }]);
  await sql.end();
});

bridgeTest(
  "bridge forgets the mistake of a connection that left without a Sync",
  async (embedded) => {
    const { sql } = client(embedded);
    await sql`select 1`;
    const socket = embedded.socket();
    socket.write(Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0]));
    await happens(socket, "data");
    socket.write(concat([frame("P", "", "no such statement", "\0"), frame("H")]));
    await happens(socket, "data");
    socket.destroy();
    assertEquals([...await sql`select 1 as one`], [{ one: 1 }]);
    await sql.end();
  },
);

bridgeTest("bridge ends what a connection began that left without a Sync", async (embedded) => {
  const { sql } = client(embedded);
  await sql`select 1`;
  const socket = embedded.socket();
  socket.write(Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0]));
  await happens(socket, "data");
  const bind = frame("B", "", "", "\0".repeat(5));
  socket.write(
    concat([frame("P", "", "select 1", "\0"), bind, frame("E", "", "\0\0\0"), frame("H")]),
  );
  await happens(socket, "data");
  const begun_ms = Date.now();
  await until("the clock goes on", () => Date.now() > begun_ms);
  const left_ms = Date.now();
  socket.destroy();
  // What that connection began would make it earlier.
  const [row] = await sql`select now() >= ${new Date(left_ms)} as own`;
  assertEquals(row?.own, true);
  await sql.end();
});

function happens(socket: Duplex, event: string): Promise<void> {
  return new Promise((done) => socket.once(event, () => done()));
}

/** A client of four connections, whose newest can be dropped; and all that went over them. */
function client(embedded: Embedded): { sql: postgres.Sql; drop(): void; wrote(): string } {
  let newest: Duplex | undefined;
  let wrote = "";
  const options = {
    host: "embedded",
    user: "postgres",
    database: "postgres",
    max: 4,
    max_lifetime: null,
    onnotice() {},
    socket: () => newest = embedded.socket(),
    debug: (_connection: number, query: string) => void (wrote += query),
  };
  return { sql: postgres(options), drop: () => newest?.destroy(), wrote: () => wrote };
}

function bridgeTest(name: string, test: (embedded: Embedded) => Promise<void>): void {
  Deno.test({
    ...unless(reason, name),
    async fn() {
      const engine = await openEngine();
      const embedded = await connectEngine(engine);
      await test(embedded);
      await embedded.close();
      await engine.close();
    },
  });
}
