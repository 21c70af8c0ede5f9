/** What the levels below `info` tell, and what none of them does. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { startBot } from "./bot_process.ts";
import { issue, type Place, processTest, stop } from "./process_place.ts";

/** A card is issued, and checked by somebody; all that was logged meanwhile, as LogTape has it. */
async function live({ emulator, environment, maker }: Place, LOG_LEVEL: string) {
  const buyer = emulator.addPerson({ first_name: "Евстигней", username: "evstigney_1" });
  await using bot = startBot({ ...environment, LOG_LEVEL, LOG_FORMAT: "json" });
  await bot.working();
  const code = await issue({ maker });
  const after = buyer.messages().at(-1)?.message_id ?? 0;
  await buyer.start(`v_${code}`);
  await buyer.until(() => true, { timeout_ms: 30_000, after });
  await stop(bot);
  const { said } = await bot.end();
  return { code, said, lines: said.split("\n").filter((line) => line.startsWith("{")) };
}

processTest(
  "debug and trace tell who waited for what, and no name, code or word",
  async (place) => {
    const { emulator, maker } = place;
    const { code, said, lines } = await live(place, "trace");
    const told: readonly RegExp[] = [
      /Polled for .* updates .*"ids":\[\d+/,
      /Called .*sendPhoto.*"is":"ok"/,
      /Update .*"cause":"update:\d+:\d+".*"kind":"photo"/,
      /"became":"applied"/,
      /Decided for .*"facts":\["CardNameProvided"\]|Decided for .*"facts":\[.*Provided"/,
      /Sent .*"type":"showVerdict".*"is":"done"/,
      /Did .*"type":"checkPhoto".*"fact":"PhotoKept"/,
      /Statement .* after .*"statement":"(?:select|insert|with) /,
      /Transaction committed after/,
    ];
    assertEquals(told.filter((one) => !lines.some((line) => one.test(line))).map(String), []);
    const words = ["Евстигней", "evstigney_1", "Анна", "Зимнее море", "Холст", "шаг 1", code];
    const secrets = [emulator.token, emulator.token.split(":")[1] ?? ""];
    const leaked = [...words, ...secrets, String(maker.id)].filter((one) => said.includes(one));
    assertEquals(leaked, []);
  },
  { on: "folder" },
);

processTest("debug tells less than trace, and info neither", async (place) => {
  const levels = async (level: string) => {
    const { lines } = await live(place, level);
    return new Set(lines.map((line): string => JSON.parse(line).level));
  };
  const debug = await levels("debug");
  assert(debug.has("DEBUG") && !debug.has("TRACE"), [...debug].join());
  const info = await levels("info");
  assert(!info.has("DEBUG") && !info.has("TRACE"), [...info].join());
  assertMatch([...debug].join(), /DEBUG/);
}, { on: "folder" });
