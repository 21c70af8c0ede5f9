/**
 * One picture in flight, from a place in the queue to a file that can be trusted:
 *
 *     recalling → queued → fetching → (backoff → fetching)* → checking → cached | stale | failed
 *
 * The one chart that waits and invokes; it touches nothing itself. Its five actors are handed in,
 * and each answers with a value: what it did, or a refusal. What a refusal leads to is decided
 * here, by its reason alone.
 */
import { assign, fromPromise, setup } from "xstate";

export type PictureType = "jpg" | "png" | "webp";

/** A picture whose every byte was looked at; sizes in bytes and pixels, sha256 in hex. */
export interface PictureInfo {
  type: PictureType;
  size: number;
  sha256: string;
  width: number;
  height: number;
  /** What the origin calls this version. */
  etag: string | null;
  last_modified: string | null;
}

/** A picture in the cache, which may be older than it should be. */
export interface KeptPicture extends PictureInfo {
  url: string;
  path: string;
}

/** What was received, in a temporary file. */
export interface Received extends PictureInfo {
  path: string;
  /** The origin forbids to keep it. */
  no_store: boolean;
  /** Its end is missing, and perhaps more. */
  lacks_end?: true;
  /** Only a decoder can tell what it shows. */
  odd?: true;
}

/** What each reason leads to: another try, then the kept copy; the kept copy; nothing. */
const RECOVERY = {
  busy: "again",
  server_error: "again",
  broken_off: "again",
  timeout: "again",
  kept_lost: "again",
  unreachable: "kept",
  unresolved: "kept",
  untrusted: "kept",
  queue_full: "kept",
  queue_late: "kept",
  late: "kept",
  disk_full: "kept",
  bad_url: "none",
  blocked_address: "none",
  not_found: "none",
  redirects: "none",
  not_a_picture: "none",
  too_large: "none",
  too_many_pixels: "none",
  abandoned: "none",
  closed: "none",
  defect: "none",
} as const;

export type RefusalReason = keyof typeof RECOVERY;

/** Why there is no picture: `reason` for code, `sentence` for people. */
export interface Refusal {
  is: "refused";
  reason: RefusalReason;
  sentence: string;
  /** How long the origin asks to be left alone. */
  retry_after_ms?: number;
}

/** A file for the caller, and where it came from; a stale one says why it is. */
export type ServedPicture =
  & KeptPicture
  & { is: "picture"; cached: boolean }
  & ({ from: "fresh" | "shared" | "revalidated" | "fetched" } | {
    from: "stale";
    because: Refusal;
  });

/** How a flight ends. */
export type FlightResult = ServedPicture | Refusal;

export interface Flight {
  url: string;
  /** What holds its place among the requests; no two flights have the same. */
  ticket: number;
  /** The copy whose time is over, to be asked about instead of fetched, and to fall back on. */
  kept: KeptPicture | null;
}

export type DownloadResult = { is: "received"; received: Received } | { is: "unchanged" } | Refusal;
/** A picture of another process: an answer, or a copy whose time is over; null where there is none. */
export type Recalled = { is: "served"; served: ServedPicture } | { is: "kept"; kept: KeptPicture };
export type PictureCheck = { flight: Flight; received: Received | null };

interface Context {
  flight: Flight;
  /** How often the origin was asked. */
  tries: number;
  received: Received | null;
  refusal: Refusal | null;
  result: FlightResult;
}

export const TRIES_MAX = 3;
const FETCHING_MAX_MS = 60_000;

const notHandedIn = () => Promise.reject(new Error("Cannot fly: this actor was not handed in"));
const defect: Refusal = { is: "refused", reason: "defect", sentence: "It failed unexpectedly." };
const late: Refusal = {
  is: "refused",
  reason: "timeout",
  sentence: `The whole picture did not arrive within ${FETCHING_MAX_MS / 1000} s.`,
};

export const pictureMachine = setup({
  types: {
    context: {} as Context,
    input: {} as Flight,
    output: {} as FlightResult,
    events: {} as { type: "Abandoned"; refusal: Refusal },
  },
  actors: {
    /** Looks among what other processes have fetched. */
    recall: fromPromise<Recalled | null, Flight>(notHandedIn),
    /** Waits for a place among the requests of this host, then of all. */
    enter: fromPromise<Refusal | null, Flight>(notHandedIn),
    /** One request, redirects followed, into a temporary file; gives the place back. */
    download: fromPromise<DownloadResult, Flight>(notHandedIn),
    /** Waits a while without a place, then for one. */
    rest: fromPromise<Refusal | null, Flight & { tries: number; retry_after_ms: number }>(
      notHandedIn,
    ),
    /** Fits the file for Telegram and puts it into the cache; or touches what is there. */
    check: fromPromise<ServedPicture | Refusal, PictureCheck>(notHandedIn),
  },
  guards: {
    mayTryAgain: ({ context: { refusal, tries } }) =>
      refusal !== null && RECOVERY[refusal.reason] === "again" && tries < TRIES_MAX,
    mayFallBack: ({ context: { refusal, flight } }) =>
      refusal !== null && flight.kept !== null && RECOVERY[refusal.reason] !== "none",
  },
  delays: { fetchingMax: FETCHING_MAX_MS },
}).createMachine({
  id: "picture/1",
  context: ({ input }) => ({
    flight: input,
    tries: 0,
    received: null,
    refusal: null,
    result: defect,
  }),
  output: ({ context }) => context.result,
  initial: "recalling",
  on: {
    Abandoned: { target: ".failed", actions: assign({ refusal: ({ event }) => event.refusal }) },
  },
  states: {
    recalling: {
      invoke: {
        src: "recall",
        input: ({ context }) => context.flight,
        onDone: [
          {
            guard: ({ event }) => event.output?.is === "served",
            target: "cached",
            actions: assign(({ context, event: { output } }) => ({
              result: output?.is === "served" ? output.served : context.result,
            })),
          },
          {
            target: "queued",
            actions: assign(({ context: { flight }, event: { output } }) => ({
              flight: output?.is === "kept" ? { ...flight, kept: output.kept } : flight,
            })),
          },
        ],
        onError: "queued",
      },
    },
    queued: {
      invoke: {
        src: "enter",
        input: ({ context }) => context.flight,
        onDone: [
          { guard: ({ event }) => event.output === null, target: "fetching" },
          { target: "refused", actions: assign({ refusal: ({ event }) => event.output }) },
        ],
        onError: "failed",
      },
    },
    fetching: {
      entry: assign({ tries: ({ context }) => context.tries + 1, refusal: null }),
      invoke: {
        src: "download",
        input: ({ context }) => context.flight,
        onDone: [
          {
            guard: ({ event }) => event.output.is === "refused",
            target: "refused",
            actions: assign({ refusal: ({ event }) => refusalIn(event.output) }),
          },
          {
            target: "checking",
            actions: assign({ received: ({ event }) => receivedIn(event.output) }),
          },
        ],
        onError: "failed",
      },
      after: {
        // What drips too slowly to ever end would satisfy every other limit.
        fetchingMax: { target: "refused", actions: assign({ refusal: late }) },
      },
    },
    backoff: {
      invoke: {
        src: "rest",
        input: ({ context: { flight, tries, refusal } }) => ({
          ...flight,
          tries,
          retry_after_ms: refusal?.retry_after_ms ?? 0,
        }),
        onDone: [
          { guard: ({ event }) => event.output === null, target: "fetching" },
          { target: "refused", actions: assign({ refusal: ({ event }) => event.output }) },
        ],
        onError: "failed",
      },
    },
    checking: {
      invoke: {
        src: "check",
        input: ({ context: { flight, received } }) => ({ flight, received }),
        onDone: [
          {
            guard: ({ event }) => event.output.is === "refused",
            target: "refused",
            actions: assign({ refusal: ({ event }) => refusalIn(event.output) }),
          },
          { target: "cached", actions: assign({ result: ({ event }) => event.output }) },
        ],
        onError: "failed",
      },
    },
    /** Nobody stays here: the reason says where to. */
    refused: {
      entry: assign({
        // A copy that has gone meanwhile can be neither asked about nor served.
        flight: ({ context: { flight, refusal } }) =>
          refusal?.reason === "kept_lost" ? { ...flight, kept: null } : flight,
      }),
      always: [
        { guard: "mayTryAgain", target: "backoff" },
        { guard: "mayFallBack", target: "stale" },
        { target: "failed" },
      ],
    },
    cached: { type: "final" },
    stale: { type: "final", entry: assign({ result: ({ context }) => staleIn(context) }) },
    failed: {
      type: "final",
      entry: assign({ result: ({ context }) => context.refusal ?? defect }),
    },
  },
});

/** The kept copy as an answer, though its time is over, and why. */
export function serveStale(kept: KeptPicture, because: Refusal): ServedPicture {
  return { ...kept, is: "picture", cached: true, from: "stale", because };
}

/** Whether a kept copy may stand in for what was refused so. */
export function mayServeStale({ reason }: Refusal): boolean {
  return RECOVERY[reason] !== "none";
}

function staleIn({ flight, refusal }: Context): FlightResult {
  return flight.kept && refusal ? serveStale(flight.kept, refusal) : refusal ?? defect;
}

function refusalIn(output: { is: string } | Refusal): Refusal | null {
  return "reason" in output ? output : null;
}

function receivedIn(output: DownloadResult): Received | null {
  return output.is === "received" ? output.received : null;
}
