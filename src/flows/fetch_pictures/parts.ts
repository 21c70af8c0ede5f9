import { fetchPicturesFlow } from "../../../machines/flows/fetch_pictures.ts";
import { defineParts } from "../flow_parts.ts";
import { jobs } from "./jobs.ts";
import { words } from "./words.ts";

export const fetchPictures = defineParts(fetchPicturesFlow, {
  words,
  jobs,
});
