import { readCode as readTyped } from "../../../events/code.ts";
import type { FactOf } from "../../../events/fact.ts";
import type { CodeUnreadable } from "../../../events/photo.ts";
import { readCode } from "../../../machines/flows/verify_card.ts";
import { examinePhoto } from "../../cards/examine_photo.ts";
import { readQr } from "../../cards/qr.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Job, JobKit } from "../flow_parts.ts";

/** The code in the QR codes of a picture. */
export const jobs = ({ download }: JobKit) => [
  answering(readCode)(async ({ callId, file }, { signal }: Job) => {
    const unreadable = (reason: FactOf<typeof CodeUnreadable>["reason"]) =>
      ({ type: "CodeUnreadable", callId, reason }) as const;
    const bytes = await download(file.file_id, signal);
    if ("refused" in bytes) return unreadable(bytes.refused);
    const { refused } = { refused: null, ...await examinePhoto(bytes) };
    if (refused === "not_an_image" || refused === "heic" || refused === "too_big") {
      return unreadable(refused);
    }
    const texts = await readQr(bytes);
    const readings = texts.map((text) => readTyped(text)).filter((read) => read !== undefined);
    const read = readings.find((reading) => "code" in reading);
    if (read) return { type: "CodeRead", callId, code: read.code };
    if (readings.length > 0) return unreadable("mistyped");
    return unreadable(texts.length > 0 ? "foreign" : "no_code");
  }),
];
