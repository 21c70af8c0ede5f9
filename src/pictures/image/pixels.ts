/**
 * sharp with this process's settings. It is native code: import this module lazily, where
 * pixels are needed. The settings are the process's, and the same as those for card photos, so
 * that it does not matter who comes first.
 */
import sharp from "sharp";
import { returnMemory } from "./return_memory.ts";

const READABLE = ["Jpeg", "Png", "Webp"].map((format) => `VipsForeignLoad${format}Buffer`);

returnMemory();
sharp.concurrency(1);
sharp.cache(false);
// SVG and the rarer decoders stay shut even for bytes that pass for a picture.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: READABLE });

export { sharp };
