/** What any flow does to show a product's pictures: has them fetched, and is told which are here. */
import { z } from "zod";
import {
  PictureFailed,
  PictureFetched,
  PictureIndex,
  PICTURES_MAX,
  PictureServedStale,
  ProductId,
} from "../../events/picture.ts";
import { defineJob } from "../flow/effect.ts";
import { defineFlow } from "../flow/flow.ts";
import { defineWords } from "../flow/words.ts";

/** It says nothing by itself: whoever shows the pictures does. */
const words = defineWords({ texts: {} });

/**
 * Fetch these pictures of a product. It is answered when all are here, or after a while with those
 * that are: what is missing comes to the cache, and is here when it is asked for again.
 */
export const fetchPictures = defineJob("fetchPictures", {
  product: ProductId,
  pictures: z.array(PictureIndex).min(1).max(PICTURES_MAX),
}, [PictureFetched, PictureServedStale, PictureFailed]);

export const fetchPicturesFlow = defineFlow({
  name: "fetch_pictures",
  words,
  effects: [fetchPictures],
});
