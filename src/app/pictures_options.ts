/** How pictures from the web are fetched and kept, as the configuration says. */
import { join } from "node:path";
import type { Config } from "./config.ts";

export type PictureConfig = Pick<
  Config,
  | "DATA_DIR"
  | "IMAGE_ALLOW_HOSTS"
  | "IMAGE_CACHE_MAX_BYTES"
  | "IMAGE_CACHE_TTL_SECONDS"
  | "IMAGE_PUBLIC_BASE_URL"
  | "IMAGE_REDIS_MAX_BYTES"
  | "REDIS_URL"
>;

/** What the bot and the commands open pictures with: the same, as they share a cache. */
export function picturesOptions(config: PictureConfig) {
  const { IMAGE_PUBLIC_BASE_URL: public_base, REDIS_URL } = config;
  const redis = REDIS_URL && { url: REDIS_URL.reveal(), max_bytes: config.IMAGE_REDIS_MAX_BYTES };
  return {
    folder: join(config.DATA_DIR, "image_cache"),
    ttl_ms: config.IMAGE_CACHE_TTL_SECONDS * 1000,
    max_bytes: config.IMAGE_CACHE_MAX_BYTES,
    allow_hosts: config.IMAGE_ALLOW_HOSTS,
    ...public_base !== undefined && { public_base },
    ...redis && { redis },
  };
}
