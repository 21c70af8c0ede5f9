import { checkPhoto } from "../../../machines/flows/check_photo.ts";
import { refitPhoto } from "../../cards/photo.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Job, JobKit } from "../flow_parts.ts";

/** Fetches a photo, refits it for Telegram and keeps it. */
export const jobs = ({ download, keepPhoto }: JobKit) => [
  answering(checkPhoto)(async ({ callId, file }, { signal }: Job) => {
    const bytes = await download(file.file_id, signal);
    if ("refused" in bytes) return { type: "PhotoRefused", callId, reason: bytes.refused };
    const photo = await refitPhoto(bytes);
    if ("refused" in photo) return { type: "PhotoRefused", callId, reason: photo.refused };
    await keepPhoto(photo);
    return { type: "PhotoKept", callId, sha256: photo.sha256 };
  }),
];
