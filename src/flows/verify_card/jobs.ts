import { readCodes } from "../../../events/code.ts";
import type { FactOf } from "../../../events/fact.ts";
import { CODES_MAX, type CodeUnreadable } from "../../../events/photo.ts";
import { readCode } from "../../../machines/flows/verify_card.ts";
import { examinePhoto } from "../../cards/examine_photo.ts";
import { readQr } from "../../cards/qr.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Job, JobKit } from "../flow_parts.ts";

type Unreadable = FactOf<typeof CodeUnreadable>["reason"];

/** The codes in the QR codes of a picture, and those that were typed below it, each once. */
export const jobs = ({ download }: JobKit) => [
  answering(readCode)(async ({ callId, file, beside = [], mistake }, { signal }: Job) => {
    const seen = await readPicture(() => download(file.file_id, signal));
    const codes = [...new Set([...seen.codes, ...beside])];
    const [code] = codes;
    if (codes.length > 1) {
      const first = codes.slice(0, CODES_MAX);
      return { type: "SeveralCodesRead", callId, codes: first, found: codes.length };
    }
    if (code !== undefined) return { type: "CodeRead", callId, code };
    const isThere = seen.reason !== "unavailable" && seen.reason !== "out_of_reach";
    const miss = isThere ? { missed: true } as const : {};
    if (mistake) return { type: "CodeMistyped", callId, ...miss, ...mistake };
    return { type: "CodeUnreadable", callId, ...miss, reason: seen.reason };
  }),
];

/** `reason` is why there is no code, where there is none. */
async function readPicture(
  download: () => ReturnType<JobKit["download"]>,
): Promise<{ codes: readonly string[]; reason: Unreadable }> {
  const bytes = await download();
  if ("refused" in bytes) return { codes: [], reason: bytes.refused };
  const { refused } = { refused: null, ...await examinePhoto(bytes) };
  if (refused === "not_an_image" || refused === "heic" || refused === "too_big") {
    return { codes: [], reason: refused };
  }
  const texts = await readQr(bytes);
  if ("refused" in texts) return { codes: [], reason: texts.refused };
  const read = readCodes(texts);
  if (read && "codes" in read) return { codes: read.codes, reason: "no_code" };
  if (read) return { codes: [], reason: "mistyped" };
  return { codes: [], reason: texts.length > 0 ? "foreign" : "no_code" };
}
