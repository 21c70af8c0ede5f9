import { assertEquals } from "@std/assert";
import { createActor, fromPromise, SimulatedClock } from "xstate";
import {
  type DownloadResult,
  type Flight,
  type FlightResult,
  type KeptPicture,
  type PictureCheck,
  pictureMachine,
  type Recalled,
  type Received,
  type Refusal,
  type RefusalReason,
  type ServedPicture,
  TRIES_MAX,
} from "../../machines/picture.ts";

const url = "https://pictures.example/cat";
const info = {
  ...{ type: "jpg", size: 9, sha256: "0".repeat(64), width: 3, height: 4 } as const,
  ...{ etag: null, last_modified: null },
};
const kept: KeptPicture = { ...info, url, path: "/old" };
const received: Received = { ...info, path: "/tmp-1", no_store: false };
const served: ServedPicture = {
  ...kept,
  is: "picture",
  cached: true,
  from: "fetched",
  path: "/new",
};

const refusal = (reason: RefusalReason, retry_after_ms?: number): Refusal => ({
  ...{ is: "refused", reason, sentence: `It is ${reason}.` },
  ...retry_after_ms !== undefined && { retry_after_ms },
});

type Name = "recall" | "enter" | "download" | "rest" | "check";
/** What an actor answers, in the order they are called; an Error is thrown. */
type Answer = readonly [Name, unknown];

const enters: Answer = ["enter", null];
const arrives: Answer = ["download", { is: "received", received }];
const fails = (reason: RefusalReason): Answer => ["download", refusal(reason)];
const rests: Answer = ["rest", null];
const checks: Answer = ["check", served];

/** A flight whose actors answer so; what comes after the last answer waits for ever. */
function given(flight: { kept: KeptPicture | null }, ...answers: readonly Answer[]) {
  const left = [...answers];
  const called: { name: Name; input: unknown }[] = [];
  const played = <Output, Input>(name: Name) =>
    fromPromise<Output, Input>(({ input }) => {
      called.push({ name, input });
      const [next] = left;
      if (next?.[0] !== name) return new Promise<Output>(() => {});
      left.shift();
      return next[1] instanceof Error
        ? Promise.reject(next[1])
        : Promise.resolve(next[1] as Output);
    });
  // Nobody else has it, unless that is the first answer.
  const recall = left[0]?.[0] === "recall"
    ? played<Recalled | null, Flight>("recall")
    : fromPromise<Recalled | null, Flight>(() => Promise.resolve(null));
  const machine = pictureMachine.provide({
    actors: {
      recall,
      enter: played<Refusal | null, Flight>("enter"),
      download: played<DownloadResult, Flight>("download"),
      rest: played<Refusal | null, Flight & { tries: number; retry_after_ms: number }>("rest"),
      check: played<ServedPicture | Refusal, PictureCheck>("check"),
    },
  });
  const clock = new SimulatedClock();
  const actor = createActor(machine, { clock, input: { url, ticket: 1, kept: flight.kept } });
  const settled = async () => {
    actor.start();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    assertEquals(left, [], "answers that nobody asked for");
    return actor.getSnapshot();
  };
  return {
    /** Where it waits, and for which actors it has called. */
    async waitsIn(state: string, ...names: readonly Name[]) {
      assertEquals([(await settled()).value, called.map(({ name }) => name)], [state, [...names]]);
      actor.stop();
    },
    async ends(state: string, result: FlightResult) {
      const { value, output, status } = await settled();
      assertEquals([value, status], [state, "done"]);
      assertEquals<unknown>(output, result);
    },
    /** And when nobody waits any more. */
    async endsWhenAbandoned() {
      await settled();
      actor.send({ type: "Abandoned", refusal: refusal("abandoned") });
      assertEquals(actor.getSnapshot().output, refusal("abandoned"));
    },
    /** And after so long. */
    async waitsAfter(ms: number, state: string) {
      await settled();
      clock.increment(ms);
      assertEquals((await settled()).value, state);
      actor.stop();
    },
    async called(name: Name) {
      await settled();
      actor.stop();
      return called.filter((call) => call.name === name).map(({ input }) => input);
    },
  };
}

const fresh = { kept: null };
const old = { kept };

Deno.test("picture that another process has fetched is asked of nobody", () => {
  const shared: ServedPicture = { ...served, from: "shared" };
  return given(fresh, ["recall", { is: "served", served: shared }]).ends("cached", shared);
});

Deno.test("copy of another process is asked about, and stands in where the origin is down", async () => {
  const recalls: Answer = ["recall", { is: "kept", kept }];
  assertEquals(await given(fresh, recalls, enters).called("download"), [{ url, ticket: 1, kept }]);
  await given(fresh, recalls, enters, fails("unreachable"))
    .ends("stale", {
      ...kept,
      is: "picture",
      cached: true,
      from: "stale",
      because: refusal("unreachable"),
    });
});

Deno.test("picture that cannot be recalled is fetched", () =>
  given(fresh, ["recall", new Error("no Redis")], enters, arrives, checks).ends("cached", served));

Deno.test("picture waits in the queue for a place", () => given(fresh).waitsIn("queued", "enter"));

Deno.test("picture is fetched once it has a place", () =>
  given(fresh, enters).waitsIn("fetching", "enter", "download"));

Deno.test("picture is checked when it has arrived", () =>
  given(fresh, enters, arrives).waitsIn("checking", "enter", "download", "check"));

Deno.test("picture that passes is cached", () =>
  given(fresh, enters, arrives, checks).ends("cached", served));

Deno.test("picture that does not pass has failed", () =>
  given(fresh, enters, arrives, ["check", refusal("not_a_picture")])
    .ends("failed", refusal("not_a_picture")));

for (const reason of ["busy", "server_error", "broken_off", "timeout"] as const) {
  Deno.test(`${reason} backs off, then fetches again without going through the queue`, () =>
    given(fresh, enters, fails(reason), rests, arrives, checks).ends("cached", served));

  Deno.test(`${reason} fails after ${TRIES_MAX} tries`, () =>
    given(fresh, enters, fails(reason), rests, fails(reason), rests, fails(reason))
      .ends("failed", refusal(reason)));
}

Deno.test("backoff knows how often it was tried and what the origin asks", async () => {
  const flight = given(fresh, enters, ["download", refusal("busy", 700)]);
  assertEquals(await flight.called("rest"), [
    { url, ticket: 1, kept: null, tries: 1, retry_after_ms: 700 },
  ]);
});

for (const reason of ["unresolved", "untrusted", "unreachable"] as const) {
  Deno.test(`${reason} is not tried again, and falls back on what is kept`, async () => {
    await given(fresh, enters, fails(reason)).ends("failed", refusal(reason));
    const stale: FlightResult = {
      ...{ ...kept, is: "picture", cached: true, from: "stale", because: refusal(reason) },
    };
    await given(old, enters, fails(reason)).ends("stale", stale);
  });
}

for (const reason of ["queue_full", "queue_late"] as const) {
  Deno.test(`${reason} ends the wait, with what is kept if there is any`, async () => {
    await given(fresh, ["enter", refusal(reason)]).ends("failed", refusal(reason));
    await given(old, ["enter", refusal(reason)]).ends("stale", {
      ...{ ...kept, is: "picture", cached: true, from: "stale", because: refusal(reason) },
    });
  });
}

Deno.test("origin that stays down is covered by the kept copy, which says why", () =>
  given(old, enters, fails("timeout"), rests, fails("busy"), rests, fails("server_error"))
    .ends("stale", {
      ...{ ...kept, is: "picture", cached: true, from: "stale" },
      because: refusal("server_error"),
    }));

for (const reason of ["blocked_address", "not_found", "not_a_picture", "too_large"] as const) {
  Deno.test(`${reason} is final, whatever is kept`, () =>
    given(old, enters, fails(reason)).ends("failed", refusal(reason)));
}

Deno.test("unchanged picture is checked without a file", async () => {
  const flight = given(old, enters, ["download", { is: "unchanged" }]);
  assertEquals(await flight.called("check"), [
    { flight: { url, ticket: 1, kept }, received: null },
  ]);
});

Deno.test("kept copy that has gone meanwhile is neither asked about nor served", async () => {
  const gone: Answer = ["check", refusal("kept_lost")];
  const flight = given(old, enters, ["download", { is: "unchanged" }], gone, rests);
  assertEquals((await flight.called("download")).at(-1), { url, ticket: 1, kept: null });
  await given(old, enters, ["download", { is: "unchanged" }], gone, rests, fails("not_found"))
    .ends("failed", refusal("not_found"));
});

Deno.test("picture that has not arrived within a minute is asked for again", async () => {
  await given(fresh, enters).waitsAfter(59_999, "fetching");
  await given(fresh, enters).waitsAfter(60_000, "backoff");
});

Deno.test("picture that nobody waits for ends wherever it is", async () => {
  for (const answers of [[], [enters], [enters, fails("busy")], [enters, arrives]]) {
    await given(fresh, ...answers).endsWhenAbandoned();
  }
});

Deno.test("actor that breaks is a defect, and the flight has ended", async () => {
  const broken = new Error("out of order");
  const scripts: Answer[][] = [
    [["enter", broken]],
    [enters, ["download", broken]],
    [enters, fails("busy"), ["rest", broken]],
    [enters, arrives, ["check", broken]],
  ];
  const defect: Refusal = {
    is: "refused",
    reason: "defect",
    sentence: "It failed unexpectedly.",
  };
  for (const [i, script] of scripts.entries()) {
    await given(fresh, ...script).ends("failed", i === 2 ? refusal("busy") : defect);
  }
});
