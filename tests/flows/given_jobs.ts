/** Jobs of one flow over a Telegram that has one file. */
import type { Job, JobKit } from "../../src/flows/flow_parts.ts";
import { type Answerer, answeringAll } from "../../src/runtime/answerer.ts";
import type { KeptPhoto } from "../../src/store/photos.ts";
import { file } from "../machines/samples.ts";

export const callId = "4:0";

/** `work` does the job of this name on the file; `kept` is what was kept of it. */
export function givenJobs(
  jobs: (kit: JobKit) => readonly Answerer<Job>[],
  bytes: Awaited<ReturnType<JobKit["download"]>>,
  kit: Partial<JobKit> = {},
) {
  const kept: KeptPhoto[] = [];
  const asked: string[] = [];
  const answer = answeringAll(jobs({
    download(file_id) {
      asked.push(file_id);
      return Promise.resolve(bytes);
    },
    keepPhoto: (photo) => Promise.resolve(void kept.push(photo)),
    fetchPicture: () => Promise.reject(new Error("No picture is fetched")),
    pictureUrls: () => Promise.resolve(new Map()),
    ...kit,
  }));
  const params = { callId, file: file("at-telegram") };
  const { signal } = new AbortController();
  const work = ({ type }: { type: string }) => answer({ type, params }, { signal });
  return { work, kept, asked };
}

/** A picture of nothing. */
export async function paint(width: number, height: number): Promise<Uint8Array> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const background = { r: 200, g: 30, b: 30 };
  return await sharp({ create: { width, height, channels: 3, background } }).png().toBuffer();
}
