import type { FactOf } from "../../../events/fact.ts";
import type { PictureReason, PictureServedStale } from "../../../events/picture.ts";
import { fetchPictures } from "../../../machines/flows/fetch_pictures.ts";
import type { FlightResult, RefusalReason } from "../../../machines/picture.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Job, JobKit } from "../flow_parts.ts";

/** How long a message waits for its slowest picture, in ms. */
const PATIENCE_MS = 8_000;

type Shown = FactOf<typeof PictureServedStale>["pictures"][number];
type Missing = FactOf<typeof PictureServedStale>["missing"][number];

/** Fetches all at once, and says which are here when the last has come or time is over. */
export const jobs = ({ fetchPicture, pictureUrls }: JobKit) => [
  answering(fetchPictures)(async ({ callId, product, pictures }, { signal }: Job) => {
    const urls = await pictureUrls(product, pictures);
    const fetching = pictures.map(async (index) => {
      const url = urls.get(index);
      if (url === undefined) return { index, reason: "unknown" as const };
      return outcomeOf(index, await fetchPicture(url, PATIENCE_MS));
    });
    const outcomes = await unlessAborted(signal, Promise.all(fetching));
    const shown = outcomes.filter((it) => "sha256" in it);
    const missing = outcomes.filter((it) => "reason" in it);
    const [first] = missing;
    if (shown.length === 0) {
      return { type: "PictureFailed", callId, product, reason: first?.reason ?? "failed", missing };
    }
    const isStale = shown.some(({ stale }) => stale);
    return isStale
      ? { type: "PictureServedStale", callId, product, pictures: shown, missing }
      : { type: "PictureFetched", callId, product, pictures: shown.map(freshOf), missing };
  }),
];

/** What `work` comes to; what the end of the process breaks off is fetched by the next one. */
async function unlessAborted<Result>(
  signal: AbortSignal,
  work: Promise<Result>,
): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    const result = await Promise.race([work, aborted]);
    signal.throwIfAborted();
    return result;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function outcomeOf(index: number, result: FlightResult): Shown | Missing {
  if (result.is === "refused") return { index, reason: REASONS[result.reason] ?? "failed" };
  const { sha256, type, from } = result;
  return { index, sha256, type, ...from === "stale" && { stale: true } };
}

const freshOf = ({ index, sha256, type }: Shown) => ({ index, sha256, type });

/** What a refusal means to whoever waits; all others are failures of ours. */
const REASONS: Readonly<Partial<Record<RefusalReason, PictureReason>>> = {
  ...{ late: "late", not_found: "not_there", redirects: "not_there" },
  ...{ not_a_picture: "not_a_picture", too_large: "too_large", too_many_pixels: "too_large" },
  ...{ bad_url: "forbidden", blocked_address: "forbidden", untrusted: "unreachable" },
  ...{ busy: "unreachable", server_error: "unreachable", broken_off: "unreachable" },
  ...{ timeout: "unreachable", unreachable: "unreachable", unresolved: "unreachable" },
  ...{ queue_full: "late", queue_late: "late" },
};
