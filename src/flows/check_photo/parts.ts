import { checkPhotoFlow } from "../../../machines/flows/check_photo.ts";
import { defineParts } from "../flow_parts.ts";
import { jobs } from "./jobs.ts";
import { words } from "./words.ts";

export const checkPhoto = defineParts(checkPhotoFlow, {
  words,
  jobs,
});
