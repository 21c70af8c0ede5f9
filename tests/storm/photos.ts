/** Many people who send big pictures without a code: how long somebody with a code waits. */
import type { PersonHandle } from "@amanita/emulator";
import { catalogues } from "../../src/flows/catalogues.ts";
import { READING_MAX } from "../../machines/flows/hear_codes.ts";
import { startBot } from "../bot/bot_process.ts";
import { issue, type Place, stop } from "../bot/process_place.ts";
import { until } from "../bot/until.ts";
import { words } from "../bot/issue_by_chat.ts";
import { qrPicture } from "../emulator/picture_of.ts";
import { type Finding, told, zero } from "./finding.ts";

export interface PhotosOptions {
  /** People who send pictures without a code. */
  people: number;
  /** Pictures of each. */
  pictures: number;
}

/** People who send a photo of a code meanwhile, one after the other. */
const SCANS = 10;
const ANSWER_MS = 120_000;
/** 24 megapixels. */
const SIZE = { width: 6_000, height: 4_000 };
const BLOTS = { width: 150, height: 100 };

/** Lets everybody send all of theirs at once, and others a photo of a QR code each. */
export async function photos(
  place: Place,
  { people, pictures }: PhotosOptions,
): Promise<Finding[]> {
  const { emulator, environment } = place;
  await using bot = startBot(environment);
  await bot.working();
  const code = await issue(place);
  const photo = await qrPicture(`https://t.me/amanita_bot?start=v_${code}`);
  const scan = () => waitFor(emulator.addPerson({ first_name: "Гость" }), photo);
  const alone_ms = await scan();
  const crowd = Array.from({ length: people }, () => emulator.addPerson({ first_name: "Шум" }));
  const picture = await noise();
  const file = { file_name: "noise.jpg", mime_type: "image/jpeg" };
  for (let sent = 0; sent < pictures; sent++) {
    await Promise.all(crowd.map((person) => person.document(picture, file)));
  }
  const waits_ms: number[] = [];
  for (let scans = 0; scans < SCANS; scans++) waits_ms.push(await scan());
  const answered = crowd.map((person) => answers(person).length);
  await until("nothing comes any more", () => emulator.pendingUpdates() === 0, ANSWER_MS, 100);
  const full = catalogues.ru.text("too_many_pictures", { taken: READING_MAX });
  const bursts = crowd.map((person) => answers(person).filter((it) => it === full).length);
  await stop(bot);
  const sorted = waits_ms.toSorted((a, b) => a - b);
  return [
    told("people with pictures, pictures of each", `${people} × ${pictures}`),
    told("seconds until an answer, before they came", seconds(alone_ms)),
    told("seconds until an answer, half of the times", seconds(sorted[SCANS >> 1] ?? 0)),
    told("seconds until an answer, at the worst", seconds(sorted.at(-1) ?? 0)),
    told("the crowd's answers by then", answered.reduce((sum, count) => sum + count, 0)),
    zero("people who were told more than once a burst", bursts.filter((it) => it > 2).length),
  ];
}

const seconds = (ms: number): string => (ms / 1_000).toFixed(1);

/** What the bot has said to them. */
const answers = (person: PersonHandle): string[] =>
  person.messages().filter(({ from }) => from?.is_bot).map(words);

/** How long the verdict on a photo takes, in ms. */
async function waitFor(person: PersonHandle, photo: Uint8Array): Promise<number> {
  const after = person.messages().at(-1)?.message_id ?? 0;
  const began = performance.now();
  await person.photo(photo);
  await person.until((it) => /Код подлинный/.test(words(it)), { timeout_ms: ANSWER_MS, after });
  return performance.now() - began;
}

/** Blots of two colours, as hard to look at as a page of print. */
async function noise(): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const { width, height } = BLOTS;
  const blots = Uint8Array.from({ length: width * height }, () => Math.random() < 0.5 ? 0 : 255);
  const drawn = sharp(blots, { raw: { width, height, channels: 1 } })
    .resize(SIZE.width, SIZE.height, { kernel: "nearest" });
  return new Uint8Array(await drawn.jpeg({ quality: 60 }).toBuffer());
}
