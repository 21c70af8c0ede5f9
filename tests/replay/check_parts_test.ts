/** A log that is checked in parts on several threads is checked as if by one. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { charts } from "../../machines/charts.ts";
import { openCheckThreads } from "../../src/replay/check/check_threads.ts";
import { checkLog, type CheckReport } from "../../src/replay/check/check_log.ts";
import { type CheckInThread, checkParts } from "../../src/replay/check/check_parts.ts";
import { readFoldedPages } from "../../src/replay/log/read_pages.ts";
import type { EventRow } from "../../src/store/event_row.ts";
import { putRows, writeDialogues } from "../bench/replay_log.ts";
import { databaseTest, serverTest } from "../database.ts";

/** Enough facts for several threads; every hundredth dialogue ends with a changed state. */
async function writeLog(): Promise<{ rows: EventRow[]; changed: string[] }> {
  const rows = await writeDialogues(420);
  const streams = [...new Set(rows.map(({ stream }) => stream))];
  const changed = streams.filter((_, i) => i % 100 === 50);
  return {
    rows: rows.map((row) =>
      row.version === 3 && changed.includes(row.stream)
        ? { ...row, state_hash: "0".repeat(64) }
        : row
    ),
    changed,
  };
}

const brief = ({ facts, streams, diverged, divergences }: CheckReport) => ({
  ...{ facts, streams, diverged },
  places: divergences.map(({ stream, version }) => `${stream} ${version}`),
});

databaseTest(
  "check in parts reads every fact once and tells all that diverges",
  async ({ sql }) => {
    const { rows, changed } = await writeLog();
    await putRows(sql, rows);
    const parts: string[] = [];
    // The last part is the first to have been checked.
    const last_part = Promise.withResolvers<void>();
    const aside: CheckInThread = async (part, told) => {
      parts.push(`${part.after} ${part.last}`);
      if (part.last !== null) await last_part.promise;
      const report = await checkLog(readFoldedPages(sql, part), { charts, ...told });
      if (part.last === null) last_part.resolve();
      return report;
    };
    const told: string[] = [];
    let last = 0;
    const report = await checkParts(sql, {
      ...{ charts, upto: rows.length, facts: rows.length, aside: [aside, aside] },
      onDivergence: ({ stream }) => void told.push(stream),
      onProgress: (done) => void (last = done),
    });
    assertEquals(brief(report), {
      ...{ facts: rows.length, streams: 420, diverged: changed.length },
      places: changed.map((stream) => `${stream} 3`),
    });
    assertEquals(told, changed, "in the order of streams");
    assertEquals(last, rows.length);
    assertEquals(new Set(parts).size, 2);
  },
);

databaseTest("check in parts stops everywhere when one part fails", async ({ sql }) => {
  const { rows } = await writeLog();
  await putRows(sql, rows);
  const stopped = Promise.withResolvers<boolean>();
  const waits: CheckInThread = (_part, _told, signal) => {
    const { promise, reject } = Promise.withResolvers<never>();
    signal.addEventListener("abort", () => {
      stopped.resolve(true);
      reject(signal.reason);
    });
    return promise;
  };
  const fails: CheckInThread = () => Promise.reject(new Error("The other thread has ended"));
  const facts = rows.length;
  await assertRejects(
    () => checkParts(sql, { charts, upto: facts, facts, aside: [waits, fails] }),
    Error,
    "The other thread has ended",
  );
  assert(await stopped.promise);
});

serverTest("check on another thread finds what check on this one finds", async ({ sql }) => {
  const { rows, changed } = await writeLog();
  await putRows(sql, rows);
  const { host, port, user, pass, database } = sql.options;
  const url = new URL(`postgres://${host[0]}:${port[0]}/${database}`);
  url.username = user;
  url.password = String(pass);
  const [helper = () => Promise.reject(new Error("There is one processor"))] = openCheckThreads(
    url.href,
  );
  const facts = rows.length;
  const told: string[] = [];
  const options = {
    ...{ charts, upto: facts, facts },
    onDivergence: ({ stream }: { stream: string }) => void told.push(stream),
  };
  const report = await checkParts(sql, { ...options, aside: [helper] });
  assertEquals(told, changed);
  assertEquals(report, await checkParts(sql, { ...options, aside: [] }));

  url.pathname = "/nowhere";
  const [lost = helper] = openCheckThreads(url.href);
  const error = await assertRejects(
    () => checkParts(sql, { ...options, aside: [lost] }),
    Error,
    "Cannot open the database nowhere",
  );
  assertEquals(error.name, "DatabaseUnavailable");
});
