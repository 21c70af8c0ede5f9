/** Requests of every kind of wrongness, the same ones each time. */
import { methods } from "../../src/emulator/schema/field_table.ts";
import { acts } from "../../src/emulator/control/person_acts.ts";
import { settings } from "../../src/emulator/control/control_settings.ts";

export interface HostileRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | undefined;
}

export interface HostileWorld {
  token: string;
  /** Ids of people and chats that are there. */
  ids: readonly number[];
}

/** What would end the bot's stay, or answer late: nothing to be found there. */
const LEFT_OUT = ["close", "logOut", "getUpdates", "setWebhook"];
const FIELDS = [
  ...["text", "chat", "chat_id", "message_id", "message_ids", "user", "users", "id", "kind"],
  ...["title", "members", "creator", "bot", "first_name", "username", "data", "file_id", "query"],
  ...["payload", "reply_to", "thread", "emoji", "emojis", "administrator", "latitude", "longitude"],
  ...["advance_ms", "on", "method", "times", "status", "delay_ms", "retry_after", "update_id"],
  ...["world", "files", "ids", "rates", "faults", "as", "caption", "duration", "__proto__"],
  ...[
    "name",
    "closed",
    "group",
    "inline_query_id",
    "result_id",
    "privacy",
    "forum",
    "phone_number",
  ],
];
const WORDS = [
  ...["", "0", "-1", "a", "photo", "document", "group", "status", "hang", "😀", "\ud800", "\0"],
  ...["../../pii.key", "..\\..\\pii.key", "%2e%2e%2f", "@anna", "<b>", "*_[`", "constructor"],
  ...["1e309", "NaN", "[[[[", '{"a":', "http://127.0.0.1:1/%ff", "attach://file", "x".repeat(5000)],
];
const NUMBERS = [0, -1, 0.5, 1e21, -1e21, 2 ** 31, 2 ** 53, 9e15, -9e15, 1e-7];
const SEGMENTS = [
  ...["", ".", "..", "%", "%zz", "%ff", "%00", "%2e%2e%2f%2e%2e", "..%2f..", "a", "-1", "1e9"],
  ...["people", "control", "file", "bot", "constructor", "__proto__", "9007199254740993", "%F0%9F"],
];

/** `count` of them from one seed. */
export function* hostileRequests(
  seed: number,
  count: number,
  world: HostileWorld,
): Generator<HostileRequest> {
  const dice = new Dice(seed);
  for (let at = 0; at < count; at++) yield requestOf(dice, world);
}

function requestOf(dice: Dice, world: HostileWorld): HostileRequest {
  const [method, path, fields] = routeOf(dice, world);
  if (method === "GET" || method === "DELETE") {
    return { method, path, headers: {}, body: undefined };
  }
  return { method, path, ...bodyOf(dice, world, fields) };
}

type Route = readonly [method: string, path: string, fields: readonly string[]];

function routeOf(dice: Dice, { token, ids }: HostileWorld): Route {
  const id = dice.of([...ids, ...SEGMENTS]);
  const segments = () => Array.from({ length: dice.below(5) }, () => dice.of(SEGMENTS)).join("/");
  switch (dice.below(7)) {
    case 0:
      return [dice.of(["GET", "POST", "PUT", "DELETE"]), `/${segments()}`, FIELDS];
    case 1: {
      const [method = "", name = ""] = dice.of([...settings.keys()]).split(" ");
      return [method, `/control/${name}`, FIELDS];
    }
    case 2: {
      const name = dice.of(["events2", "file", "qr", "calls", "updates", "trace", "inline"]);
      return ["GET", `/control/${name}/${segments()}?since=${id}&chat=${id}&message=%ff`, []];
    }
    case 3:
      return ["GET", `/file/bot${token}/${segments()}`, []];
    case 4:
      return ["GET", `/control/people/${id}/${dice.of(["messages", "chats", "x"])}?chat=${id}`, []];
    case 5:
      return ["POST", `/control/people/${id}/${dice.of([...acts.keys(), "join"])}`, FIELDS];
    default: {
      const all = [...methods.values()].filter(({ name }) => !LEFT_OUT.includes(name));
      const { name, fields } = dice.of(all);
      return [dice.of(["GET", "POST"]), `/bot${token}/${name}`, [...fields.keys()]];
    }
  }
}

function bodyOf(dice: Dice, world: HostileWorld, fields: readonly string[]) {
  const known = Array.from({ length: 1 + dice.below(8) }, () => dice.of([...fields, "chat_id"]));
  const value = Object.fromEntries(known.map((name) => [name, valueOf(dice, world, 0)]));
  const encoder = new TextEncoder();
  switch (dice.below(6)) {
    case 0:
      return {
        headers: {
          "content-type": dice.of(["application/json", "multipart/form-data", "a/b", ""]),
        },
        body: Uint8Array.from({ length: dice.below(200) }, () => dice.below(256)),
      };
    case 1: {
      const deep = 10 ** dice.below(6);
      const text = `{"${known[0]}":${"[".repeat(deep)}${"]".repeat(deep)}}`;
      return { headers: { "content-type": "application/json" }, body: encoder.encode(text) };
    }
    case 2:
    case 3: {
      const whole = encoder.encode(multipart(dice, value));
      const cut = dice.below(2) === 0 ? whole.length : dice.below(whole.length);
      const headers = { "content-type": "multipart/form-data; boundary=cut" };
      return { headers, body: whole.slice(0, cut) };
    }
    default:
      return {
        headers: { "content-type": "application/json" },
        body: encoder.encode(JSON.stringify(value)),
      };
  }
}

function multipart(dice: Dice, value: Record<string, unknown>): string {
  const parts = Object.entries(value).map(([name, it]) =>
    `--cut\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${
      typeof it === "string" ? it : JSON.stringify(it)
    }\r\n`
  );
  const type = dice.of(["image/png", "a/b", "\x01", "text/html\u00ff", "x".repeat(300)]);
  const name = dice.of(["a.bin", "../../pii.key", "a\\b", "😀.jpg", ""]);
  const file = `--cut\r\nContent-Disposition: form-data; name="${
    dice.of(["file", "photo", "document"])
  }"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\nbytes\r\n`;
  return `${parts.join("")}${file}--cut--\r\n`;
}

function valueOf(dice: Dice, world: HostileWorld, depth: number): unknown {
  const inner = () => valueOf(dice, world, depth + 1);
  switch (dice.below(depth > 3 ? 5 : 8)) {
    case 0:
      return dice.of(WORDS);
    case 1:
      return dice.of(NUMBERS);
    case 2:
      return dice.of([true, false, null]);
    case 3:
    case 4:
      return dice.of([...world.ids]);
    case 5:
      return Array.from({ length: dice.below(4) }, inner);
    default:
      return Object.fromEntries(
        Array.from(
          { length: dice.below(4) },
          () => [dice.of([...FIELDS, "type", "media"]), inner()],
        ),
      );
  }
}

/** Chance from a seed (mulberry32). */
class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  /** From 0 up to, but without, `max`. */
  below(max: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor(((t ^ (t >>> 14)) >>> 0) / 4294967296 * max);
  }
  of<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("Cannot choose among nothing");
    return value;
  }
}
