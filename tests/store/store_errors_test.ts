/** What an error of the database means: another try, a lost connection, or the end of the program. */
import { assert, assertEquals, assertInstanceOf, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { ForeignDatabase } from "../../src/store/database_identity.ts";
import { DatabaseUnavailable } from "../../src/store/database_unavailable.ts";
import { FolderInUse } from "../../src/store/embedded/folder_lock.ts";
import { CannotMigrate } from "../../src/store/migrate.ts";
import { StoreUnavailable, throwStoreError } from "../../src/store/store_unavailable.ts";
import { endsConnection } from "../../src/store/transaction.ts";
import { describeRefusal } from "../../src/store/unavailable_server.ts";
import { UnfitDatabase } from "../../src/store/unfit_database.ts";

const coded = (code: string, more = {}) => Object.assign(new Error("no"), { code, ...more });

function thrown(error: unknown): unknown {
  try {
    throwStoreError(error);
  } catch (meant) {
    return meant;
  }
}

Deno.test("errors that may pass mean that the store is unavailable", () => {
  const passing = [
    ...["CONNECTION_CLOSED", "CONNECTION_DESTROYED", "CONNECTION_ENDED", "CONNECT_TIMEOUT"],
    ...["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT"],
    ...["57P01", "57P02", "57P03", "57014", "40001", "40P01", "08006", "53300"],
  ];
  for (const code of passing) {
    const error = coded(code);
    const meant = thrown(error);
    assertInstanceOf(meant, StoreUnavailable, code);
    assertEquals(meant.message, `The database does not answer (${code}): no`);
    assertStrictEquals(meant.cause, error);
  }
});

Deno.test("errors that no other try mends are thrown as they are", () => {
  const lasting = ["", "23505", "42P01", "22021", "0A000", "EACCES"];
  const errors = [
    ...lasting.map((code) => coded(code)),
    new Error("without a code"),
    new StoreUnavailable("already"),
    "no error at all",
    coded("a08006"),
  ];
  for (const error of errors) assertStrictEquals(thrown(error), error);
});

Deno.test("connection is gone after what is fatal or breaks it, and after nothing else", () => {
  const gone = [
    ...["CONNECTION_CLOSED", "CONNECTION_DESTROYED", "CONNECTION_ENDED", "ECONNRESET"],
    ...["ECONNREFUSED", "EPIPE", "ETIMEDOUT", "ENOTCONN"],
  ].map((code) => coded(code));
  const fatal = ["FATAL", "PANIC"].map((severity) => coded("57P01", { severity }));
  assertEquals([...gone, ...fatal].filter((error) => !endsConnection(error)), []);
  const alive = [
    ...["23505", "57014", "CONNECT_TIMEOUT", "AN_EPIPE"].map((code) => coded(code)),
    coded("23505", { severity: "ERROR" }),
    new Error("without a code"),
    "no error at all",
    null,
  ];
  assertEquals(alive.filter(endsConnection), []);
});

Deno.test("database that went away reads like a lost connection", () => {
  const away = new DatabaseUnavailable("the engine stopped");
  assertInstanceOf(thrown(away), StoreUnavailable);
  assert(endsConnection(away));
});

Deno.test("errors that end the program say with which code", () => {
  const codes = [
    [DatabaseUnavailable, 69],
    [FolderInUse, 69],
    [CannotMigrate, 70],
    [ForeignDatabase, 78],
    [UnfitDatabase, 78],
  ] as const;
  for (const [Ending, code] of codes) assertEquals(new Ending("no").exit_code, code);
});

const URL_OF = "postgres://bot:secret@db.example:6543/cards";

Deno.test("refusal of a server says what to do about it", () => {
  const mends: readonly (readonly [code: string, mend: string, name: string])[] = [
    ["28P01", "Correct the user or the password in DATABASE_URL.", "DatabaseUnavailable"],
    ["28000", "Correct the user or the password in DATABASE_URL.", "DatabaseUnavailable"],
    ["3D000", "Create it (createdb cards) or correct DATABASE_URL.", "DatabaseUnavailable"],
    ["57P03", "It is starting or stopping: try again in a moment.", "DatabaseUnavailable"],
    ["ECONNREFUSED", "Start Postgres there or correct DATABASE_URL.", "DatabaseUnavailable"],
    ["08P01", "Start Postgres there or correct DATABASE_URL.", "DatabaseUnavailable"],
    ["42501", "Allow it to the user of DATABASE_URL.", "UnfitDatabase"],
    [
      "42704",
      "Take that parameter out of DATABASE_URL, after the question mark.",
      "UnfitDatabase",
    ],
    [
      "22023",
      "Take that parameter out of DATABASE_URL, after the question mark.",
      "UnfitDatabase",
    ],
  ];
  for (const [code, mend, name] of mends) {
    const error = coded(code);
    const refusal = describeRefusal(URL_OF, error);
    assertEquals(refusal.name, name, code);
    const words = "Cannot open the database cards at db.example:6543: no. ";
    assertEquals(refusal.message, words + mend);
    assertStrictEquals(refusal.cause, error);
  }
  const few = describeRefusal(URL_OF, coded("53300"));
  assert(few.message.includes("The bot needs eight connections: raise max_connections"));
  const parameter = Object.assign(new Error("unknown Parameter"), { code: "08P01" });
  assertInstanceOf(describeRefusal(URL_OF, parameter), UnfitDatabase);
  assert(
    describeRefusal(URL_OF, "odd").message.endsWith(
      ": odd. Start Postgres there or correct DATABASE_URL.",
    ),
  );
  assert(
    describeRefusal(URL_OF, Object.assign(new Error(""), { code: "E1" })).message.includes(
      ": E1. ",
    ),
  );
});

Deno.test("refusal names the place as the address has it", () => {
  const places: readonly (readonly [string, string])[] = [
    ["postgres://bot@db.example/cards", "cards at db.example:5432"],
    ["postgres://bot@db.example", "(the user's own) at db.example:5432"],
    ["postgres://bot@db.example/a%20b", "a b at db.example:5432"],
    ["postgres://bot@one:1,two:2/cards", "(the user's own) at its hosts"],
    ["postgres:///cards?host=/run/postgresql", "cards on this machine"],
  ];
  for (const [url, place] of places) {
    const { message } = describeRefusal(url, new Error("no"));
    assert(message.startsWith(`Cannot open the database ${place}: no. `), message);
  }
});

Deno.test("refusal never has the password", () => {
  const password = fc.stringMatching(/^[a-z]{12}$/);
  fc.assert(
    fc.property(password, fc.constantFrom("28P01", "3D000", "", "42501"), (secret, code) => {
      const { message } = describeRefusal(`postgres://bot:${secret}@db.example/cards`, coded(code));
      assert(!message.includes(secret));
    }),
  );
});
