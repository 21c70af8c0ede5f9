/** The first start's demo: two cards and a few checks, all through the bot's own dialogues. */
import { catalogues } from "../flows/catalogues.ts";
import moonlit from "./moonlit_clearing.jpg" with { type: "bytes" };
import dawn from "./mushrooms_at_dawn.jpg" with { type: "bytes" };

/** A message as far as the demo looks at it. */
interface Seen {
  reply_markup?: { inline_keyboard: readonly (readonly { text: string }[])[] };
  message_id: number;
  text?: string;
  caption?: string;
  photo?: readonly { file_id: string }[];
}

/** A person with their phone, as the emulator hands them out. */
export interface Phone {
  start(): Promise<unknown>;
  say(text: string): Promise<unknown>;
  photo(bytes: Uint8Array): Promise<unknown>;
  tapButton(label: string): Promise<unknown>;
  scan(file_id: string): Promise<unknown>;
  messages(): readonly Seen[];
  until(
    seen: (message: Seen) => boolean,
    options: { timeout_ms: number; after: number },
  ): Promise<Seen>;
}

export interface Demo {
  maker: Phone;
  buyers: readonly Phone[];
  /** Told of each answer that the bot has given. */
  onProgress?(done: number, total: number): void;
}

const cards = [
  {
    picture: dawn,
    name: "Мухомор на рассвете",
    description: "Первый лист осенней серии. Печать в две краски, позолота от руки.",
    checked_by: [0, 0],
  },
  {
    picture: moonlit,
    name: "Лунная поляна",
    description: "Ночной лес, каким его видит сова. Тираж — одна карта.",
    checked_by: [0],
  },
] as const;

/** Answers on the way to a card. */
const STEPS = 6;

/** Slow machines answer slowly. */
const WAIT_MS = 30_000;

/** Issues the demo cards and checks them. Rejects with a sentence where the bot does not answer. */
export async function playDemo({ maker, buyers, onProgress }: Demo): Promise<void> {
  const checks = cards.reduce((sum, { checked_by }) => sum + checked_by.length, 0);
  const total = 1 + buyers.length + 1 + cards.length * STEPS + checks;
  let done = 0;
  const answered: typeof awaitAnswer = async (...args) => {
    const answer = await awaitAnswer(...args);
    onProgress?.(++done, total);
    return answer;
  };
  for (const phone of [maker, ...buyers]) await answered(phone, () => phone.start());
  await answered(maker, () => maker.say("/admin"));
  for (const { picture, name, description, checked_by } of cards) {
    await answered(maker, () => maker.tapButton(catalogues.ru.label("issue")));
    await answered(maker, () => maker.photo(picture));
    await answered(maker, () => maker.say(name));
    await answered(maker, () => maker.say(description));
    await answered(maker, () => maker.tapButton(catalogues.ru.label("skip")), isShown);
    const qr = await answered(maker, () => maker.tapButton(catalogues.ru.label("approve")), isQr);
    for (const index of checked_by) {
      const buyer = buyers[index];
      const file_id = qr.photo?.at(-1)?.file_id;
      if (buyer && file_id) await answered(buyer, () => buyer.scan(file_id), isPhoto);
    }
  }
}

/** Whether the card can be approved under it. */
const isShown = ({ reply_markup }: Seen): boolean =>
  (reply_markup?.inline_keyboard ?? []).flat().some(({ text }) =>
    text === catalogues.ru.label("approve")
  );

const isPhoto = ({ photo }: Seen): boolean => photo !== undefined;

/** The picture with the code in groups of four under it. */
const isQr = (message: Seen): boolean =>
  isPhoto(message) && /([0-9A-Z]{4} ){4}[0-9A-Z]{4}/.test(message.caption ?? "");

/** Does something and waits for the bot's answer to it. */
async function awaitAnswer(
  phone: Phone,
  act: () => Promise<unknown>,
  isAnswer: (message: Seen) => boolean = () => true,
): Promise<Seen> {
  const after = phone.messages().at(-1)?.message_id ?? 0;
  await act();
  return await phone.until(isAnswer, { timeout_ms: WAIT_MS, after });
}
