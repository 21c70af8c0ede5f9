/** The first start's demo: two cards and a few checks, all through the bot's own dialogues. */

/** A message as far as the demo looks at it. */
interface Seen {
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
  /** Art by a seed, as a picture file. */
  draw(seed: string): Promise<Uint8Array>;
}

const cards = [
  {
    seed: "amanita",
    name: "Мухомор на рассвете",
    description: "Первый лист осенней серии. Печать в две краски, позолота от руки.",
    checked_by: [0, 0, 1],
  },
  {
    seed: "moonlit forest",
    name: "Лунная поляна",
    description: "Ночной лес, каким его видит сова. Тираж — одна карта.",
    checked_by: [1],
  },
] as const;

/** Slow machines draw slowly. */
const WAIT_MS = 30_000;

/** Issues the demo cards and checks them. Rejects with a sentence where the bot does not answer. */
export async function playDemo({ maker, buyers, draw }: Demo): Promise<void> {
  for (const phone of [maker, ...buyers]) await said(phone, () => phone.start(), "Здравствуйте");
  await said(maker, () => maker.say("/admin"), "");
  for (const { seed, name, description, checked_by } of cards) {
    const picture = await draw(seed);
    await said(maker, () => maker.tapButton("Добавить новую карту"), "Шаг 1");
    await said(maker, () => maker.photo(picture), "Шаг 2");
    await said(maker, () => maker.say(name), "Шаг 3");
    await said(maker, () => maker.say(description), "Шаг 4");
    const qr = await said(
      maker,
      () => maker.tapButton("Пропустить"),
      /([0-9A-Z]{4} ){4}[0-9A-Z]{4}/,
    );
    for (const index of checked_by) {
      const buyer = buyers[index];
      if (buyer) await said(buyer, () => buyer.scan(qr.photo?.at(-1)?.file_id ?? ""), "Проверена");
    }
  }
}

/** Does something and waits for the bot's answer to it. */
async function said(
  phone: Phone,
  act: () => Promise<unknown>,
  answer: string | RegExp,
): Promise<Seen> {
  const after = phone.messages().at(-1)?.message_id ?? 0;
  await act();
  return await phone.until(
    ({ text, caption }) => (text ?? caption ?? "").search(answer) >= 0,
    { timeout_ms: WAIT_MS, after },
  );
}
