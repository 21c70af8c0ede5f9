/**
 * The second level: pictures that several processes and machines share, in Redis. A picture is one
 * key, named by the hash of its URL, as that can hold a secret; it ends by itself, and there are
 * never more bytes than that. Whatever Redis does, the worst is that a picture is not there.
 */
import { createHash } from "node:crypto";
import { RESP_TYPES } from "@redis/client";
import type { PictureInfo } from "../../../machines/picture.ts";
import { infoOf, readInfo, readObject } from "../cache/sidecar.ts";
import { typeOf } from "../image/image_sniffer.ts";
import type { Meter } from "../meter.ts";
import { openRedisLink } from "./redis_link.ts";

export interface SharedPicturesOptions {
  url: string;
  /** All pictures together. */
  max_bytes: number;
  /** The longest that any picture is kept. */
  longest_ms: number;
  pause_ms: number;
  meter: Meter;
}

/** What is known of a picture, and when its origin last said so. */
export interface SharedPicture {
  info: PictureInfo;
  fetched_ms: number;
}

export interface SharedPictures {
  find(url: string): Promise<SharedPicture | null>;
  /** The bytes of what `find` found. */
  body(url: string, info: PictureInfo): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Keeps it for so long; its bytes are read only if they are not there yet. */
  keep(
    url: string,
    picture: SharedPicture,
    lasting_ms: number,
    read: () => Promise<Uint8Array | null>,
  ): Promise<void>;
  close(): void;
}

/** What is larger stays on the disk of whoever fetched it. */
export const SHARED_BYTES_MAX = 5_000_000;

/** One slot of a cluster for all keys, as they change together. */
const PREFIX = "{amanita:pictures}:";
const LEDGER = ["ends", "sizes", "bytes"].map((name) => `${PREFIX}${name}`);
/** What a picture takes beside its bytes. */
const OVERHEAD = 1_024;
const FIND_MS = 500;
const BODY_MS = 1_500;
/** Bodies on their way there, each held in memory. */
const KEEPING_MAX = 4;

/**
 * Without a body: 0 where another picture, or none, is there. The first to end give way. It begins
 * with a write that a full Redis refuses: after another one, Redis would let all of them through.
 * Who keeps it for a shorter time than others takes nothing away from them.
 */
const KEEP = `
local picture, ends, sizes, bytes = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local name, sha256, info = ARGV[1], ARGV[2], ARGV[3]
local lasting, longest = tonumber(ARGV[4]), tonumber(ARGV[5])
local size, max, body = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function drop(it)
  redis.call('DEL', '${PREFIX}' .. it)
  redis.call('DECRBY', bytes, tonumber(redis.call('HGET', sizes, it)) or 0)
  redis.call('HDEL', sizes, it)
  redis.call('ZREM', ends, it)
end
if not body then
  if redis.call('HGET', picture, 'sha256') ~= sha256 then return 0 end
else
  redis.call('INCRBY', bytes, 0)
  for _, it in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', now, 'LIMIT', 0, 100)) do drop(it) end
  drop(name)
  while (tonumber(redis.call('GET', bytes)) or 0) + size > max do
    local first = redis.call('ZRANGE', ends, 0, 0)[1]
    if not first then
      redis.call('DEL', bytes, sizes)
      break
    end
    drop(first)
  end
  redis.call('HSET', picture, 'sha256', sha256, 'body', body)
  redis.call('HSET', sizes, name, size)
  redis.call('INCRBY', bytes, size)
end
redis.call('HSET', picture, 'info', info)
if redis.call('PTTL', picture) < lasting then
  redis.call('PEXPIRE', picture, lasting)
  redis.call('ZADD', ends, now + lasting, name)
end
for _, key in ipairs({ends, sizes, bytes}) do redis.call('PEXPIRE', key, longest) end
return 1`;

export function openSharedPictures(options: SharedPicturesOptions): SharedPictures {
  const { meter, max_bytes } = options;
  const link = openRedisLink(options);
  let keeping = 0;
  // Whoever set it up wrongly is told at once, and nobody waits for it.
  void link.ask(FIND_MS, (client) => client.ping());

  /** 1 where it is kept now, 0 where its bytes are missing, null where Redis does not say. */
  async function store(
    url: string,
    { info, fetched_ms }: SharedPicture,
    lasting_ms: number,
    body: Uint8Array | null,
  ): Promise<unknown> {
    const name = nameOf(url);
    const told = JSON.stringify({ ...infoOf(info), fetched_ms });
    const numbers = [lasting_ms, options.longest_ms, info.size + OVERHEAD, max_bytes];
    const whole = body === null ? [] : [Buffer.from(body.buffer, body.byteOffset, body.length)];
    const rest = [...numbers.map((it) => String(Math.ceil(it))), ...whole];
    return await link.ask(body === null ? FIND_MS : BODY_MS, (client) =>
      client.eval(KEEP, {
        keys: [keyOf(name), ...LEDGER],
        arguments: [name, info.sha256, told, ...rest],
      }));
  }

  return {
    async find(url) {
      const told = await link.ask(FIND_MS, (client) => client.hGet(keyOf(nameOf(url)), "info"));
      const found = readShared(told);
      if (told !== null && found === null) meter.count("shared_failed");
      return found;
    },
    async body(url, info) {
      const bytes = await link.ask(
        BODY_MS,
        (client) =>
          client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer })
            .hGet(keyOf(nameOf(url)), "body"),
      );
      if (!Buffer.isBuffer(bytes)) return null;
      const whole = bytes.length === info.size && typeOf(bytes) === info.type &&
        createHash("sha256").update(bytes).digest("hex") === info.sha256;
      if (whole) return new Uint8Array(bytes);
      meter.count("shared_failed");
      return null;
    },
    async keep(url, picture, lasting_ms, read) {
      const { size } = picture.info;
      if (size > SHARED_BYTES_MAX || size + OVERHEAD > max_bytes) return;
      if (await store(url, picture, lasting_ms, null) !== 0) return;
      if (keeping >= KEEPING_MAX) {
        meter.count("shared_away");
        return;
      }
      keeping += 1;
      try {
        const body = await read();
        if (body === null) return;
        if (await store(url, picture, lasting_ms, body) === 1) meter.count("shared_kept");
      } finally {
        keeping -= 1;
      }
    },
    close: () => link.close(),
  };
}

const nameOf = (url: string): string => createHash("sha256").update(url).digest("hex");
const keyOf = (name: string): string => `${PREFIX}${name}`;

/** Null for whatever we did not write. */
function readShared(text: unknown): SharedPicture | null {
  const value = typeof text === "string" ? readObject(text) : null;
  if (value === null) return null;
  const info = readInfo(value);
  const fetched_ms = "fetched_ms" in value ? value.fetched_ms : undefined;
  if (info === null || typeof fetched_ms !== "number" || !(fetched_ms > 0)) return null;
  // Clocks differ: what is from the future is from now.
  return { info, fetched_ms: Math.min(fetched_ms, Date.now()) };
}
