/** What the jobs of all flows are done with. */
import type { Api } from "grammy";
import { flowParts } from "../flows/all_flows.ts";
import type { PictureUrls } from "../flows/flow_parts.ts";
import type { OpenPictures } from "../pictures/open_pictures.ts";
import type { Readers } from "../projections/readers.ts";
import { answeringAll } from "../runtime/answerer.ts";
import type { DeliveryOptions } from "../runtime/delivery.ts";
import type { Photos } from "../store/photos.ts";
import { openDownload } from "../telegram/download.ts";

/** What the bot has of pictures from the web. */
export type BotPictures = Pick<OpenPictures, "getWithin" | "open">;

export interface JobParts {
  api: Api;
  /** Needed for files only. */
  token: string;
  api_root: string;
  pictures: BotPictures;
  photos: Photos;
  read: Readers;
}

/** Who does the jobs of every flow. */
export function openJobWork(
  { api, token, api_root, pictures, photos, read }: JobParts,
): DeliveryOptions["work"] {
  const download = openDownload({ api, token, root: api_root });
  const fetchPicture = pictures.getWithin;
  const kit = { download, keepPhoto: photos.keep, fetchPicture, pictureUrls: urlsOf(read) };
  const work = answeringAll(flowParts.flatMap(({ jobs }) => jobs?.(kit) ?? []));
  return (effect, _task, signal) => work(effect, { signal });
}

/** Where pictures of products are. Throws where two flows know. */
function urlsOf(read: Readers): PictureUrls {
  const [urls, ...others] = flowParts.flatMap(({ pictureUrls }) => pictureUrls?.({ read }) ?? []);
  if (others.length > 0) throw new Error("Cannot tell where pictures are: more than one flow does");
  return urls ?? (() => Promise.resolve(new Map()));
}
