/** One request for a picture, redirects and all, until its last byte lies in a temporary file. */
import type { Dispatcher } from "undici";
import type { DownloadResult, Flight, Refusal } from "../../../machines/picture.ts";
import type { AllowedHosts } from "../net/allowed_hosts.ts";
import { checkUrl } from "../net/check_url.ts";
import type { OriginCheck } from "../net/origin_check.ts";
import type { PublicAddress } from "../net/public_base.ts";
import { failureOf, fetchFailure, statusRefusal } from "../net/request_failure.ts";
import { refuse } from "../net/refuse.ts";
import { packingsOf, unpack } from "../net/unpack.ts";
import { ImageSniffer, type SniffedImage } from "../image/image_sniffer.ts";
import { Spool, type TempStorage } from "../cache/spool.ts";

export interface DownloadOptions {
  pool: Dispatcher;
  allowed: AllowedHosts;
  /** Where an address is really asked for. */
  publicAddress: PublicAddress;
  checkOrigin: OriginCheck;
  tempStorage: TempStorage;
  bytes_max: number;
  pixels_max: number;
  /** Resolves when the network has had its turn. */
  turn: () => Promise<void>;
}

/** How one request is cancelled, moved to another host, and reported. */
export interface DownloadHooks {
  signal: AbortSignal;
  /** Waits for a place among the requests of another host, and gives the present one back. */
  moveTo: (host: string) => Promise<Refusal | null>;
  /** Called when the last byte has come, though the disk may not have it yet. */
  onReceived: () => void;
}

type Answer = Dispatcher.ResponseData;

const REDIRECTS_MAX = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** So much of what nobody wants is read, to use the connection again. */
const DUMPED_MAX = 64 * 1024;
const HEADERS = {
  // Always the same, so that one URL has one answer.
  "accept": "image/webp,image/png,image/jpeg",
  "accept-encoding": "identity",
  "user-agent": "Amanita",
};

/** Asks the origin once; what it answers is a value, and so is what goes wrong on the way. */
export async function download(
  options: DownloadOptions,
  { url, kept }: Flight,
  asking: DownloadHooks,
): Promise<DownloadResult> {
  const { signal, moveTo } = asking;
  const conditions = {
    ...kept?.etag && { "if-none-match": kept.etag },
    ...kept?.last_modified && { "if-modified-since": kept.last_modified },
  };
  const headers = { ...HEADERS, ...conditions };
  const origin = new URL(url);
  let target = options.publicAddress(origin);
  try {
    if (target !== origin) {
      await options.checkOrigin(origin);
      const checked = checkUrl(target.href, options.allowed);
      if ("is" in checked) return checked;
    }
    for (let hop = 0; hop <= REDIRECTS_MAX; hop++) {
      const { origin, pathname, search } = target;
      const path = `${pathname}${search}`;
      const answer = await options.pool.request({ origin, path, method: "GET", headers, signal });
      if (!REDIRECTS.includes(answer.statusCode)) {
        return await receive(options, answer, target, asking);
      }
      await dump(answer);
      const next = checkUrl(locationOf(answer), options.allowed, target);
      if ("is" in next) return next;
      const refusal = next.hostname === target.hostname ? null : await moveTo(next.hostname);
      if (refusal) return refusal;
      target = next;
    }
    return refuse(
      "redirects",
      fetchFailure(target, `it redirects more than ${REDIRECTS_MAX} times`),
    );
  } catch (error) {
    const failure = failureOf(error, target);
    if (failure === null) throw error;
    return failure;
  }
}

async function receive(
  options: DownloadOptions,
  answer: Answer,
  url: URL,
  { signal, onReceived }: Pick<DownloadHooks, "signal" | "onReceived">,
): Promise<DownloadResult> {
  const { statusCode } = answer;
  if (statusCode === 304) {
    await dump(answer);
    return { is: "unchanged" };
  }
  if (statusCode !== 200) {
    await dump(answer);
    return statusRefusal(statusCode, header(answer, "retry-after"), url);
  }
  if (Number(header(answer, "content-length")) > options.bytes_max) {
    answer.body.destroy();
    return tooLarge(options, url);
  }
  const spool = new Spool(options.tempStorage);
  let done = false;
  try {
    const seen = await pour(options, answer, spool, url);
    if ("is" in seen) return seen;
    onReceived();
    await options.turn();
    const file = await spool.finish();
    done = !signal.aborted;
    return {
      is: "received",
      received: {
        ...file,
        type: seen.type,
        width: seen.width,
        height: seen.height,
        ...!seen.whole && { lacks_end: true },
        ...seen.odd && { odd: true },
        etag: header(answer, "etag") ?? null,
        last_modified: header(answer, "last-modified") ?? null,
        no_store: /\bno-store\b/i.test(header(answer, "cache-control") ?? ""),
      },
    };
  } finally {
    if (!done) await spool.discard();
  }
}

type Sniffed = SniffedImage & { type: NonNullable<SniffedImage["type"]>; odd: boolean };

/** Lets the body run into the file, and breaks off as soon as it is clear that it may not. */
async function pour(
  options: DownloadOptions,
  answer: Answer,
  spool: Spool,
  url: URL,
): Promise<Sniffed | Refusal> {
  const packings = packingsOf(header(answer, "content-encoding"));
  const sniffer = new ImageSniffer();
  let came = 0;
  // Leaving the loop early closes the connection, so what is endless ends here.
  for await (const bytes of unpack(answer.body, packings)) {
    const seen = sniffer.look(bytes);
    if (seen.type === null) return notAPicture(url);
    const { largest } = sniffer;
    if (largest.width * largest.height > options.pixels_max) {
      return tooManyPixels(options, largest, url);
    }
    came += bytes.length;
    if (came > options.bytes_max) return tooLarge(options, url);
    // What stands behind the picture is left behind.
    const part = bytes.subarray(0, (sniffer.endsAt ?? came) - spool.size);
    if (part.length > 0) await spool.write(part);
  }
  const { odd, seen: { type, whole, width, height } } = sniffer;
  if (!type) return notAPicture(url);
  if (whole) return { ...sniffer.seen, type, odd };
  if (sniffer.damaged) return refuse("broken_off", fetchFailure(url, "it is damaged"));
  // Nothing was lost on the way: whether anything else than its end is missing, pixels will tell.
  if (width > 0 && height > 0 && tellsItsLength(answer)) return { ...sniffer.seen, type, odd };
  return endsTooEarly(url);
}

/** Whether a body that ended was all of it: its length was told, or comes with each of its pieces. */
const tellsItsLength = (answer: Answer): boolean =>
  header(answer, "content-length") !== undefined ||
  /\bchunked\b/i.test(header(answer, "transfer-encoding") ?? "");

/** Some of the picture is missing. */
export const endsTooEarly = (url: URL): Refusal =>
  refuse("broken_off", fetchFailure(url, "it ends before the picture does"));

const notAPicture = (url: URL) =>
  refuse("not_a_picture", fetchFailure(url, "it is no JPEG, PNG or WebP"));

const tooLarge = ({ bytes_max }: DownloadOptions, url: URL) =>
  refuse("too_large", fetchFailure(url, `it is larger than ${bytes_max / 1e6} MB`));

const tooManyPixels = (
  { pixels_max }: DownloadOptions,
  { width, height }: { width: number; height: number },
  url: URL,
) =>
  refuse(
    "too_many_pixels",
    fetchFailure(url, `${width} × ${height} is more than ${pixels_max / 1e6} megapixels`),
  );

/** Reads what is left of an answer, or closes the connection if that would take long. */
async function dump({ body }: Answer): Promise<void> {
  await body.dump({ limit: DUMPED_MAX });
}

/** Bytes beyond ASCII are meant as they are: UTF-8 for most, some other encoding for a few. */
function locationOf(answer: Answer): string {
  // undici hands out each byte as one character.
  return (header(answer, "location") ?? "").replace(
    /[\x80-\xff]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function header({ headers }: Answer, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
