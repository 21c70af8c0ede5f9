/**
 * sharp with this process's settings. It is native code: import this module lazily, where
 * pixels are needed, so that what never touches a picture needs no permission for it.
 */
import pLimit from "p-limit";
import sharp from "sharp";

const PICTURES_AT_ONCE = 2;
const READABLE = ["Jpeg", "Png", "Webp"].map((format) => `VipsForeignLoad${format}Buffer`);

// One thread a picture and no cache: a burst of photos must not grow the process.
sharp.concurrency(1);
sharp.cache(false);
// SVG and the rarer decoders stay shut even for bytes that pass for a photo.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: READABLE });

export { sharp };

/** Decodes pictures of strangers a few at a time; the limit is the process's, as its memory is. */
export const decodeInTurn = pLimit(PICTURES_AT_ONCE);
