/** Every word of the catalogue in each language, and what every button carries. */
import { locales } from "../../src/locales/locales.ts";
import { flows } from "../../machines/dialogue.ts";
import { openCodec } from "../../src/telegram/codec.ts";
import { pinnedInputs } from "./inputs.ts";
import { messagesOf, plainsOf } from "../locales/every_message.ts";

/** A line for each text, told with sample values. */
export function wordTable(): string {
  return locales.flatMap((locale) => {
    const told = messagesOf(locale).map(({ name, sample, tell }) => [name, tell(sample)]);
    return [...told, ...Object.entries(plainsOf(locale))]
      .map(([name, text]) => `${locale} ${name}: ${JSON.stringify(text)}`).toSorted();
  }).join("\n");
}

/** A line for each button: what it does, and its `callback_data`. */
export function buttonTable(): string {
  const actions = pinnedInputs.flatMap((input) =>
    input.kind === "tap" && input.action ? [input.action] : []
  );
  const { encode, decode } = openCodec(flows.flatMap(({ buttons = [] }) => buttons));
  return actions.map((action) => {
    const data = encode(action);
    return `${JSON.stringify(action)} ⇄ ${data} ⇄ ${JSON.stringify(decode(data))}`;
  }).toSorted().join("\n");
}
