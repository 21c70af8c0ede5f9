import { createHash } from "node:crypto";

/**
 * What a maker's own link to an unpublished card carries: 16 hex digits. The function `share_key` of
 * the database makes the same of a code.
 */
export const shareKey = (code: string): string =>
  createHash("sha256").update(`share ${code}`).digest("hex").slice(0, 16);
