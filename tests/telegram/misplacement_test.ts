import { assertEquals } from "@std/assert";
import { GrammyError } from "grammy";
import { addressIn, destinationOf } from "../../src/telegram/destination.ts";
import { misplacementOf } from "../../src/telegram/misplacement.ts";
import { senderTest, stream } from "./given_sender.ts";

const refused = (description: string, parameters = {}, error_code = 400) =>
  new GrammyError("", { ok: false, error_code, description, parameters }, "sendMessage", {});
const meant = (description: string, address = {}, error_code = 400) =>
  misplacementOf(refused(`Bad Request: ${description}`, {}, error_code), address)?.is ?? null;

Deno.test("refusals of a place are told from refusals of what is said there", () => {
  const topic = { thread: 4, reply: 9 };
  for (const words of ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED"]) {
    assertEquals([meant(words, topic), meant(words)], ["no topic", "silenced"], words);
  }
  assertEquals(meant("message to be replied not found", topic), "no reply");
  assertEquals(meant("message to be replied not found"), null);
  assertEquals(meant("not enough rights to send text messages to the chat", topic), "silenced");
  assertEquals(meant("CHAT_SEND_PLAIN_FORBIDDEN", topic, 403), "silenced");
  assertEquals(meant("need administrator rights in the channel chat"), "silenced");
  assertEquals(meant("not enough rights to send photos to the chat"), null);
  assertEquals(meant("message text is empty", topic), null);
  assertEquals(meant("bot was kicked from the supergroup chat", topic, 403), null);
  const upgraded = "Bad Request: group chat was upgraded to a supergroup chat";
  const moved = refused(upgraded, { migrate_to_chat_id: -100_5 });
  assertEquals(misplacementOf(moved, {}), { is: "moved", now: -100_5 });
  assertEquals(misplacementOf(refused(upgraded), {}), { is: "moved", now: null });
});

Deno.test("ids of the chat that a group was say nothing where it is now", () => {
  assertEquals(addressIn(-1, { thread: 4, reply: 9 }), { thread: 4, reply: 9 });
  assertEquals(addressIn(-1, { group: -1, reply: 9 }), { reply: 9 });
  assertEquals(addressIn(-1, { group: -5, thread: 4, reply: 9 }), {});
  assertEquals(destinationOf(-1, {}), { chat_id: -1 });
  assertEquals(destinationOf(-1, { reply: 9 }), {
    chat_id: -1,
    reply_parameters: { message_id: 9, allow_sending_without_reply: true },
  });
});

senderTest(
  "messages of a group that moved are neither deleted nor lost count of",
  async (given) => {
    const { anna, fakes, send } = given;
    const id = await anna.create({ kind: "group", title: "Собиратели", bot: "member" });
    const viewer = fakes.viewers.get(stream);
    if (!viewer) throw new Error("Cannot find the viewer");
    fakes.viewers.set(stream, { ...viewer, chat: id });
    const said = { type: "say", params: { text: "welcome", slot: "wizard" } };
    const kept = await send(said);
    const slots = kept.is === "done" ? kept.kept : [];
    assertEquals(slots.map(({ chat }) => chat), [id]);
    fakes.slots.push(...slots);
    const now = await anna.in(id).migrate();
    const cleared = await send({ type: "clear", params: { slot: "wizard" } });
    assertEquals(cleared.is === "done" && cleared.cleared, slots);
    // The viewer's chat is still the old one: the refusal alone tells where it went.
    const again = await send(said);
    assertEquals(again.is === "done" && again.kept.map(({ chat }) => chat), [now]);
    assertEquals(anna.in(now).messages().filter(({ from }) => from?.is_bot).length, 1);
  },
);
