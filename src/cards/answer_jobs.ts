/** What does a chart's jobs about pictures, after the commit. */
import type { z } from "zod";
import { readCode as readText } from "../../events/code.ts";
import type {
  CodeRead,
  CodeUnreadable,
  PhotoKept,
  PhotoRefused,
  TelegramFile,
} from "../../events/photo.ts";
import type { KeptPhoto } from "../store/photos.ts";
import { examinePhoto } from "./examine_photo.ts";
import { refitPhoto } from "./photo.ts";
import { readQr } from "./qr.ts";

export interface JobSources {
  /** The file's bytes, or why they cannot be had; throws where another try may succeed. */
  download(file_id: string): Promise<Uint8Array | { refused: "too_big" | "unavailable" }>;
  keep(photo: KeptPhoto): Promise<void>;
}

type Fact<Definition extends { schema: z.ZodType }> = z.infer<Definition["schema"]>;
interface PictureJob {
  callId: string;
  file: TelegramFile;
}

export interface Jobs {
  checkPhoto(job: PictureJob): Promise<Fact<typeof PhotoKept> | Fact<typeof PhotoRefused>>;
  readCode(job: PictureJob): Promise<Fact<typeof CodeRead> | Fact<typeof CodeUnreadable>>;
}

export function openJobs(sources: JobSources): Jobs {
  return {
    async checkPhoto({ callId, file }) {
      const bytes = await sources.download(file.file_id);
      if ("refused" in bytes) return { type: "PhotoRefused", callId, reason: bytes.refused };
      const photo = await refitPhoto(bytes);
      if ("refused" in photo) return { type: "PhotoRefused", callId, reason: photo.refused };
      await sources.keep(photo);
      return { type: "PhotoKept", callId, sha256: photo.sha256 };
    },
    async readCode({ callId, file }) {
      const unreadable = (reason: Fact<typeof CodeUnreadable>["reason"]) =>
        ({ type: "CodeUnreadable", callId, reason }) as const;
      const bytes = await sources.download(file.file_id);
      if ("refused" in bytes) return unreadable(bytes.refused);
      const { refused } = { refused: null, ...await examinePhoto(bytes) };
      if (refused === "not_an_image" || refused === "too_big") return unreadable(refused);
      const texts = await readQr(bytes);
      const readings = texts.map((text) => readText(text)).filter((read) => read !== undefined);
      const read = readings.find((reading) => "code" in reading);
      if (read) return { type: "CodeRead", callId, code: read.code };
      if (readings.length > 0) return unreadable("mistyped");
      return unreadable(texts.length > 0 ? "foreign" : "no_code");
    },
  };
}
