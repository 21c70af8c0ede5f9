/** The database of this bot before the bench: cards to be scanned, and a batch to print labels of. */
import { dialogueStream } from "../../../events/stream.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { migrations } from "../../../src/flows/migrations.ts";
import { type DatabasePlace, openDatabase } from "../../../src/store/open_database.ts";
import { openPhotos } from "../../../src/store/photos.ts";
import type { Dialogues } from "../../../src/app/dialogues.ts";
import { meet, openHands, openQuietly, settle } from "../long_life.ts";

/** What the bench needs to know of what it made. */
export interface Seed {
  codes: readonly string[];
  /** The Telegram id of the batch's maker. */
  maker: number;
  /** The number of the batch's first card. */
  batch: number;
}

const BATCH = 500;
const SHA256 = "0".repeat(64);

/** Makes so many cards, each by a maker of its own, and a batch, on an empty database. */
export async function seedCards(
  place: DatabasePlace,
  { cards, bot }: { cards: number; bot: number },
): Promise<Seed> {
  const database = await openDatabase(place);
  try {
    const { sql } = database;
    await migrate(database, migrations);
    const quiet = await openQuietly(sql);
    const [maker = "", ...makers] = await meet(quiet, cards + 1);
    const hands = openHands(quiet);
    await Promise.all(makers.map((one, i) => hands.issues(one, `Card ${i + 1}`)));
    const codes = await sql<{ code: string }[]>`select code from cards order by number`;
    await issueBatch(quiet, hands, maker);
    const [first] = await sql<{ number: number; count: number }[]>`
      select min(number)::int as number, count(*)::int as count from cards
      where batch is not null`;
    if (first?.count !== BATCH) throw new Error(`The batch has ${first?.count} cards`);
    await openPhotos(sql).keepFileId(bot, SHA256, "f");
    await settle(sql);
    const { telegram_id } = { telegram_id: null, ...await quiet.people.find(maker) };
    return { codes: codes.map(({ code }) => code), maker: telegram_id ?? 0, batch: first.number };
  } finally {
    await database.close();
  }
}

/** Goes through the wizard; what a job would answer is answered here. */
async function issueBatch(
  { engine, log }: Dialogues,
  { does }: ReturnType<typeof openHands>,
  maker: string,
): Promise<void> {
  const stream = dialogueStream(maker);
  const answer = async (fact: Parameters<typeof engine.answer>[0]["fact"]) => {
    const cause = `effect:${crypto.randomUUID()}`;
    return await engine.answer({ cause, correlation: cause, stream, fact, at: Date.now() });
  };
  await does(maker, { kind: "tap", action: { do: "batch" } });
  await does(maker, { kind: "text", text: String(BATCH) });
  const file = { file_id: "f", unique_id: "u", size: 1 };
  await does(maker, { kind: "photo", file, album: null });
  await answer({ type: "PhotoKept", callId: "3:0", sha256: SHA256 });
  await does(maker, { kind: "text", text: "Batch" });
  await does(maker, { kind: "text", text: "What labels are printed for" });
  await does(maker, { kind: "tap", action: { do: "skip" } });
  await does(maker, { kind: "tap", action: { do: "approve" } });
  for (let is_due = true; is_due;) {
    const last = (await log.read(stream, 0)).at(-1);
    const answered = await answer({ type: "BatchContinued", callId: `${last?.version}:0` });
    is_due = answered !== "stale";
  }
}
