import type { PersonHandle } from "@amanita/emulator";
import { assert } from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { completeCode } from "../../events/code.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { beginIssue, issueByChat } from "./issue_by_chat.ts";
import { pdf } from "./pictures.ts";
import { until } from "./until.ts";

const { label } = catalogues.ru;
const others = ["sticker", "voice", "location", "contact", "video"] as const;

/** What a person can send, what fits last: it may lead on to the next step. */
const inputs: Readonly<Record<string, (world: BotWorld, by: PersonHandle) => Promise<unknown>>> = {
  ...Object.fromEntries(others.map((kind) => [
    kind,
    (_: BotWorld, by: PersonHandle) => by.other(kind),
  ])),
  PDF: (_, by) => by.document(pdf.bytes, pdf),
  "unknown command": (_, by) => by.say("/sing"),
  "outdated button": (world, by) => world.forge(by, "1:confirm:99"),
  "button of another time": (world, by) => world.forge(by, "0:what:is:this"),
  "code mistyped": (_, by) => by.say(`${completeCode("0123456789ABCDEFGHJ").slice(0, -1)}U`),
  "picture file": async (_, by) =>
    await by.document(await plainPicture(50, 50), { file_name: "a.png", mime_type: "image/png" }),
  photo: async (_, by) => await by.photo(await plainPicture(50, 50)),
  text: (_, by) => by.say("Просто слова"),
};

/** Where a dialogue may stand, and how somebody gets there; checks take longer than all inputs. */
const states: Readonly<Record<string, (world: BotWorld) => Promise<PersonHandle>>> = {
  "to somebody new": (world) => Promise.resolve(world.buyer),
  "to a maker at rest": (world) => Promise.resolve(world.maker),
  "to somebody who is asked to wait": async (world) => {
    const { buyer } = world;
    const unknown = completeCode("0123456789ABCDEFGHJ");
    for (let misses = 0; misses < 11; misses++) await buyer.say(unknown);
    return buyer;
  },
  "at the photo": async (world) => {
    await beginIssue(world);
    return world.maker;
  },
  "while the photo is checked": async (world) => {
    await beginIssue(world);
    return await checking(world);
  },
  "at the name": atName,
  "at the description": async (world) => {
    await atName(world);
    await world.maker.say("Имя");
    return world.maker;
  },
  "at the package": atPackage,
  "while the package is checked": async (world) => {
    await atPackage(world);
    return await checking(world);
  },
  "at the reason of a withdrawal": explaining,
  "at the confirmation of a withdrawal": async (world) => {
    await explaining(world);
    await world.maker.say("Украдена");
    return world.maker;
  },
};

async function atName(world: BotWorld): Promise<PersonHandle> {
  await beginIssue(world);
  await world.maker.photo(await plainPicture(60, 40));
  await world.settled();
  return world.maker;
}

async function atPackage(world: BotWorld): Promise<PersonHandle> {
  const maker = await atName(world);
  await Promise.all([maker.say("Имя"), maker.say("Описание")]);
  await world.settled();
  return maker;
}

async function explaining(world: BotWorld): Promise<PersonHandle> {
  const { maker } = world;
  await issueByChat(world);
  for (const button of [label("list"), "№\u00a01", label("withdraw")]) {
    await world.answers(maker, () => world.tap(maker, button));
  }
  return maker;
}

async function checking(world: BotWorld): Promise<PersonHandle> {
  const { maker, emulator } = world;
  await world.settled();
  emulator.fault({ method: "getFile", times: 1, kind: "delay", delay_ms: 600 });
  await maker.photo(await plainPicture(40, 60));
  await until("the check has begun", async () => (await world.waiting()).includes("checkPhoto"));
  return maker;
}

for (const [where, walk] of Object.entries(states)) {
  botTest(`every kind of input is answered ${where}`, async (world) => {
    const by = await walk(world);
    if (!where.includes("checked")) await world.settled();
    for (const [what, send] of Object.entries(inputs)) {
      const before = heard(world, by);
      await send(world, by);
      const added = what.includes("button") ? 1 : 0; // the forged message itself
      await until(`${what} is answered ${where}`, () => heard(world, by) > before + added, 5_000);
    }
    assert((await world.facts("InputRefused")).length > 0);
  });
}

/** How often the bot has written to somebody, or noted something over the chat. */
function heard({ emulator }: BotWorld, { id }: PersonHandle): number {
  return emulator.calls().filter(({ method, params, ok }) =>
    ok &&
    (/^send(Message|Photo|MediaGroup)$/.test(method)
      ? params.chat_id === id
      : method === "answerCallbackQuery" && params.text !== undefined)
  ).length;
}
