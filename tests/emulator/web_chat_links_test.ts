import { assertEquals } from "@std/assert";
import { readLink } from "../../src/emulator/web/live/links.ts";
import { OUR_BOT } from "./web_chat_room.ts";

const link = (payload: string) => `https://t.me/${OUR_BOT}?start=${payload}`;

Deno.test("web chat tells start links of its own bot from all others", () => {
  const read = (text: string) => readLink(text, OUR_BOT);
  assertEquals(read(link("v_1")), { kind: "start", payload: "v_1" });
  assertEquals(read(`t.me/${OUR_BOT.toUpperCase()}`), { kind: "start", payload: "" });
  assertEquals(read(`tg://resolve?domain=${OUR_BOT}&start=x`), { kind: "start", payload: "x" });
  assertEquals(read("https://t.me/other_bot?start=x")?.kind, "web");
  assertEquals(read("https://t.me.example.org/share/url?url=x")?.kind, "web");
  assertEquals(read("javascript:alert(1)"), null);
});

Deno.test("web chat finds the link inside a shared text", () => {
  const share = (query: Record<string, string>) =>
    readLink(`https://t.me/share/url?${new URLSearchParams(query)}`, OUR_BOT);
  const both = { kind: "share" as const, text: `${link("c_1")}\nСмотри`, payload: "c_1" };
  assertEquals(share({ url: link("c_1"), text: "Смотри" }), both);
  assertEquals(share({ text: `Смотри ${link("c_2")} скорее` })?.kind, "share");
  const none = { kind: "share" as const, text: "https://example.org", payload: null };
  assertEquals(share({ url: "https://example.org" }), none);
});
