/**
 * A picture as a job of a dialogue: the facts that answer it. They carry what stays true wherever
 * the log is read again, so no path: `sha256` names the picture, and the cache has it.
 */
import type { FlightResult, RefusalReason } from "../../machines/picture.ts";

interface PictureMetadata {
  url: string;
  sha256: string;
  type: string;
  size: number;
  width: number;
  height: number;
}

export type PictureAnswer =
  | {
    type: "PictureFetched";
    data: PictureMetadata & { from: "fresh" | "revalidated" | "fetched" };
  }
  | { type: "PictureServedStale"; data: PictureMetadata & { reason: RefusalReason } }
  | { type: "PictureFailed"; data: { url: string; reason: RefusalReason } };

/** What happened, in the domain's words. */
export function answerJob(url: string, result: FlightResult): PictureAnswer {
  if (result.is === "refused") {
    return { type: "PictureFailed", data: { url, reason: result.reason } };
  }
  const { sha256, type, size, width, height } = result;
  const metadata = { url, sha256, type, size, width, height };
  return result.from === "stale"
    ? { type: "PictureServedStale", data: { ...metadata, reason: result.because.reason } }
    : { type: "PictureFetched", data: { ...metadata, from: result.from } };
}
