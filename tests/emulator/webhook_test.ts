import { Bot, InlineKeyboard, webhookCallback } from "grammy";
import { assert, assertEquals } from "@std/assert";
import { assertRefused, emulatorTest } from "./given_emulator.ts";
import { eventually, startHook } from "./given_webhook.ts";

emulatorTest("a bot lives on a webhook, and answers there", async (given) => {
  const { api, anna, emulator } = given;
  const bot = new Bot(emulator.token, { client: { apiRoot: emulator.root } });
  bot.command(
    "start",
    (ctx) =>
      ctx.reply(`Hello, ${ctx.match}`, { reply_markup: new InlineKeyboard().text("More", "more") }),
  );
  bot.callbackQuery("more", (ctx) => ctx.answerCallbackQuery("There is no more"));
  await bot.init();
  const secretToken = "a-secret_1";
  const handle = webhookCallback(bot, "std/http", { secretToken });
  const hook = startHook((request) => handle(request));
  try {
    await api.setWebhook(hook.url, { secret_token: secretToken });
    await anna.start("v_1");
    await anna.until(({ text }) => text === "Hello, v_1");
    const query = await anna.tapButton("More");
    await eventually("the tap is answered", () => anna.answered(query));
    assertEquals(anna.toasts().map(({ text }) => text), ["There is no more"]);
    await eventually("all is confirmed", () => emulator.pendingUpdates() === 0);
    assertEquals(await api.getWebhookInfo(), {
      url: hook.url,
      has_custom_certificate: false,
      pending_update_count: 0,
      max_connections: 40,
    });
    await assertRefused(
      api.getUpdates(),
      "Conflict: can't use getUpdates method while webhook is active; " +
        "use deleteWebhook to delete the webhook first",
      409,
    );
    await api.deleteWebhook();
    await anna.say("later");
    assertEquals((await api.getUpdates()).length, 1);
    assertEquals(hook.requests.length, 2);
  } finally {
    await hook.close();
  }
});

emulatorTest("a webhook is told the secret, and may answer with a call", async (given) => {
  const { api, anna, emulator } = given;
  const hook = startHook((_, { message }) => {
    const { chat } = message as { chat: { id: number } };
    return Response.json({ method: "sendMessage", chat_id: chat.id, text: "by return" });
  });
  try {
    await api.setWebhook(hook.url, { secret_token: "s" });
    await anna.say("hi");
    await anna.until(({ text }) => text === "by return");
    const [request] = hook.requests;
    assertEquals(request?.headers.get("x-telegram-bot-api-secret-token"), "s");
    assertEquals(request?.headers.get("content-type"), "application/json");
    assertEquals(emulator.violations(), []);
  } finally {
    await hook.close();
  }
});

emulatorTest("a webhook on this machine may be named as https", async ({ api, anna, emulator }) => {
  const hook = startHook();
  try {
    await api.setWebhook(hook.url.replace("http:", "https:"));
    await anna.say("hi");
    await eventually("it is confirmed", () => emulator.pendingUpdates() === 0);
    assertEquals(hook.requests.map(({ body }) => (body.message as { text: string }).text), ["hi"]);
    assertEquals((await api.getWebhookInfo()).last_error_message, undefined);
  } finally {
    await hook.close();
  }
});

emulatorTest("a webhook's answer may be a form", async ({ api, anna }) => {
  const hook = startHook(() => {
    const form = new FormData();
    form.set("method", "sendDocument");
    form.set("chat_id", String(anna.id));
    form.set("document", new File(["a"], "a.txt", { type: "text/plain" }));
    return new Response(form);
  });
  try {
    await api.setWebhook(hook.url);
    await anna.say("hi");
    await anna.until(({ document }) => document?.file_name === "a.txt");
  } finally {
    await hook.close();
  }
});

emulatorTest(
  "a webhook that fails gets the update again, and what follows waits",
  async (given) => {
    const { api, anna, boris, emulator } = given;
    let failures = 2;
    const hook = startHook((_, { message }) => {
      const { text } = message as { text: string };
      return new Response(null, { status: text === "one" && failures-- > 0 ? 500 : 200 });
    });
    const heard = () => hook.requests.map(({ body }) => (body.message as { text: string }).text);
    try {
      await api.setWebhook(hook.url);
      await anna.say("one");
      await anna.say("two");
      await boris.start();
      await eventually("both chats are tried", () => hook.requests.length === 2);
      await eventually("the error is noted", () => emulator.pendingUpdates() === 2);
      assertEquals(heard().sort(), ["/start", "one"]);
      const info = await api.getWebhookInfo();
      assertEquals(info.pending_update_count, 2);
      assertEquals(
        info.last_error_message,
        "Wrong response from the webhook: 500 Internal Server Error",
      );
      assert(Math.abs((info.last_error_date ?? 0) - Date.now() / 1000) < 100);
      // A second, then two: the clock need not be waited for.
      for (const tries of [3, 4]) {
        await eventually("it is tried again", () => {
          emulator.advance(3000);
          return hook.requests.length >= tries;
        });
      }
      await eventually("all is confirmed", () => emulator.pendingUpdates() === 0);
      assertEquals(heard().slice(2), ["one", "one", "two"]);
    } finally {
      await hook.close();
    }
  },
);

emulatorTest("a webhook may say how long to wait", async ({ api, anna, emulator }) => {
  let busy = true;
  const hook = startHook(() =>
    busy ? new Response(null, { status: 503, headers: { "retry-after": "600" } }) : new Response()
  );
  try {
    await api.setWebhook(hook.url);
    await anna.say("one");
    await eventually("it is refused", () => hook.requests.length === 1);
    await eventuallyError(() => api.getWebhookInfo());
    busy = false;
    emulator.advance(500_000);
    await api.getMe();
    assertEquals(hook.requests.length, 1);
    emulator.advance(101_000);
    await eventually("it is confirmed", () => emulator.pendingUpdates() === 0);
    assertEquals(hook.requests.length, 2);
  } finally {
    await hook.close();
  }
});

emulatorTest("a webhook that is gone for a day is forgotten", async ({ api, anna, emulator }) => {
  const hook = startHook(() => new Response(null, { status: 410 }));
  try {
    await api.setWebhook(hook.url);
    await anna.say("one");
    await eventually("it is refused", () => hook.requests.length === 1);
    await eventuallyError(() => api.getWebhookInfo());
    emulator.advance(24 * 60 * 60 * 1000);
    await eventually("it is tried again", () => hook.requests.length === 2);
    await eventually("it is forgotten", async () => (await api.getWebhookInfo()).url === "");
    assertEquals((await api.getUpdates()).length, 1);
  } finally {
    await hook.close();
  }
});

emulatorTest("a webhook is never asked more at once than it allows", async (given) => {
  const { api, anna, boris, emulator } = given;
  let now = 0;
  let most = 0;
  let met = false;
  const hook = startHook(async () => {
    most = Math.max(most, ++now);
    if (!met) await eventually("two are asked at once", () => met || now >= 2);
    met = true;
    // A third would be here before the answer to a call.
    await api.getMe();
    now--;
    return new Response();
  });
  try {
    await api.setWebhook(hook.url, { max_connections: 2 });
    const people = [
      anna,
      boris,
      ...["Вера", "Глеб", "Дина"].map((first_name) => emulator.addPerson({ first_name })),
    ];
    for (let i = 0; i < 4; i++) {
      for (const person of people) await person.say(`${i}`);
    }
    await eventually("all is confirmed", () => emulator.pendingUpdates() === 0);
    assertEquals(most, 2);
    assertEquals(hook.requests.length, 20);
    for (const { id } of people) {
      const texts = hook.requests.map(({ body }) =>
        body.message as { text: string; chat: { id: number } }
      )
        .filter(({ chat }) => chat.id === id).map(({ text }) => text);
      assertEquals(texts, ["0", "1", "2", "3"]);
    }
  } finally {
    await hook.close();
  }
});

emulatorTest("a webhook that nobody serves is an error, and updates stay", async (given) => {
  const { api, anna, emulator } = given;
  const hook = startHook();
  await hook.close();
  await api.setWebhook(hook.url, { drop_pending_updates: true });
  await anna.say("one");
  assertEquals(await eventuallyError(() => api.getWebhookInfo()), "Connection refused");
  assertEquals(emulator.pendingUpdates(), 1);
  await api.setWebhook("");
  assertEquals((await api.getUpdates()).length, 1);
});

emulatorTest("a poller that waits is ended by setWebhook", async ({ api, emulator }) => {
  const polling = assertRefused(
    api.getUpdates({ timeout: 30 }),
    "Conflict: terminated by setWebhook request",
    409,
  );
  await eventually("the bot polls", () => emulator.isPolled());
  const hook = startHook();
  await api.setWebhook(hook.url);
  await polling;
  await hook.close();
});

emulatorTest("webhooks that cannot be are refused with the real server's words", async (given) => {
  const { api, emulator } = given;
  const refused = (url: string, reason: string, other = {}) =>
    assertRefused(api.setWebhook(url, other), `Bad Request: ${reason}`);
  await refused("http://", "invalid webhook URL specified");
  await refused("ftp://example.org", "invalid webhook URL specified");
  await refused("http://example.org/x", "bad webhook: An HTTPS URL must be provided for webhook");
  await refused(
    "https://example.org:9000/x",
    "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
  );
  const nowhere = "bad webhook: Failed to resolve host: Name or service not known";
  await refused("https://nowhere.invalid/x", nowhere);
  const secret = { secret_token: "не латиница" };
  await refused("http://127.0.0.1/x", "secret token contains unallowed characters", secret);
  assertEquals((await api.getWebhookInfo()).url, "");
  const set = async (query: string) =>
    (await (await fetch(`${emulator.root}/bot${emulator.token}/${query}`)).json()).description;
  assertEquals(await set("setWebhook?url=http://127.0.0.1:1/x"), "Webhook was set");
  assertEquals(await set("SetWebhook?url=http://127.0.0.1:1/x"), "Webhook is already set");
  assertEquals(await set("deleteWebhook"), "Webhook was deleted");
  assertEquals(await set("deletewebhook"), "Webhook is already deleted");
});

/** What went wrong with the webhook, as soon as something did. */
async function eventuallyError(info: () => Promise<{ last_error_message?: string }>) {
  const end_ms = performance.now() + 30_000;
  while (performance.now() < end_ms) {
    const { last_error_message } = await info();
    if (last_error_message !== undefined) return last_error_message;
  }
  throw new Error("Waited in vain for the webhook's error");
}

emulatorTest("an update can come to a webhook twice, and once more", async (given) => {
  const { api, anna, emulator } = given;
  const hook = startHook();
  try {
    await api.setWebhook(hook.url, { allowed_updates: ["message"] });
    emulator.fault({ method: "message", times: 1, kind: "duplicate" });
    await anna.say("one");
    await eventually("it came twice", () => hook.requests.length === 2);
    emulator.redeliver(hook.requests[0]?.body.update_id ?? 0);
    await eventually("it came once more", () => hook.requests.length === 3);
    assertEquals(new Set(hook.requests.map(({ body }) => body.update_id)).size, 1);
    anna.block();
    assertEquals(emulator.updates().at(-1)?.state, "unwanted");
    assertEquals((await api.getWebhookInfo()).allowed_updates, ["message"]);
  } finally {
    await hook.close();
  }
});
