import { checkPhotoFlow } from "../../../machines/flows/check_photo.ts";
import type { FlowParts } from "../flow_parts.ts";
import { jobs } from "./jobs.ts";
import { words } from "./words.ts";

export const checkPhoto: FlowParts = {
  flow: checkPhotoFlow,
  words,
  jobs,
};
