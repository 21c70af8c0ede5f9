/** A CDN in front of origins: asked in their place, and judged as they are. */
import { assertEquals } from "@std/assert";
import { isPublicBase, openPublicBase } from "../../src/pictures/net/public_base.ts";
import { picturesTest, refused, type Room, served } from "./given_pictures.ts";
import { jpeg } from "./picture_bytes.ts";

Deno.test("host and path of the origin take their places, and its query stays", () => {
  const addresses: readonly (readonly [string, string, string])[] = [
    ["https://shop.example/a/b.jpg", "{host}{path}", "shop.example/a/b.jpg"],
    [
      "http://shop.example:8080/a%20b?w=1&sig=x%2Fy",
      "{host}{path}",
      "shop.example:8080/a%20b?w=1&sig=x%2Fy",
    ],
    ["https://[2606:4700::1]/a", "{host}{path}", "[2606:4700::1]/a"],
    ["https://shop.example/{host}?{path}", "{host}{path}", "shop.example/%7Bhost%7D?{path}"],
    ["https://shop.example/a", "w=800/{host}/-{path}", "w=800/shop.example/-/a"],
    ["https://shop.example/$&/..;/%2e%2e/x", "{host}{path}", "shop.example/$&/x"],
  ];
  for (const [origin, template, address] of addresses) {
    const publicAddress = openPublicBase(`https://cdn.example/${template}`);
    assertEquals(publicAddress(new URL(origin)).href, `https://cdn.example/${address}`);
  }
});

Deno.test("what lies at the CDN already is asked for as it is, and so is all without one", () => {
  const url = new URL("https://cdn.example/shop.example/a?x=1");
  assertEquals(openPublicBase("https://cdn.example/{host}{path}")(url), url);
  assertEquals(openPublicBase(undefined)(url), url);
});

Deno.test("base names host and path once each, behind a host of its own", () => {
  const bad = [
    ...["https://cdn.example/", "https://cdn.example/{host}", "https://cdn.example{path}/{host}"],
    ...[
      "https://{host}{path}",
      "https://cdn.example/{host}{host}{path}",
      "cdn.example/{host}{path}",
    ],
    ...["ftp://cdn.example/{host}{path}", "https://me:pass@cdn.example/{host}{path}"],
    ...[
      "https://cdn.example/{host}{path}?a=1",
      "https://cdn.example/{host}{path}#a",
      "{host}{path}",
    ],
    ...["https://cdn.example/{scheme}/{host}{path}", "https://cdn.example /{host}{path}"],
  ];
  assertEquals(bad.filter(isPublicBase), []);
});

/** Pictures behind the room's server as a CDN; names stand for `address`. */
const behindCdn = (room: Room, address: string, allow = [`127.0.0.1:${room.server.port}`]) =>
  room.open({
    allow_hosts: allow,
    public_base: `${room.server.origin}/cdn/{host}{path}`,
    resolve: () => Promise.resolve([{ address, family: 4 }]),
  });

picturesTest("picture is asked of the CDN, and known by its own address", async (room) => {
  room.server.on("/cdn/shop.example/a.jpg?w=1", { body: jpeg() });
  const pictures = await behindCdn(room, "93.184.216.34");
  const url = "https://shop.example/a.jpg?w=1";
  const fetched = served(await pictures.get(url));
  assertEquals([fetched.from, fetched.url], ["fetched", url]);
  assertEquals(served(await pictures.get(url)).from, "fresh");
  assertEquals(room.server.asked.map(({ path }) => path), ["/cdn/shop.example/a.jpg?w=1"]);
});

picturesTest("origin that is not public is not asked of the CDN either", async (room) => {
  const pictures = await behindCdn(room, "10.0.0.7");
  for (const host of ["shop.example", "10.0.0.7", "[::1]", "169.254.169.254"]) {
    const { reason } = refused(await pictures.get(`http://${host}/a.jpg`));
    assertEquals([host, reason], [host, "blocked_address"]);
  }
  assertEquals(room.server.connections(), 0);
});

picturesTest("CDN that is not public is asked only where it is allowed", async (room) => {
  const pictures = await behindCdn(room, "93.184.216.34", []);
  assertEquals(refused(await pictures.get("https://shop.example/a.jpg")).reason, "blocked_address");
  assertEquals(room.server.connections(), 0);
});

picturesTest("CDN that leads to where nobody may go is not followed", async (room) => {
  const headers = { location: "http://10.0.0.7/secret" };
  room.server.on("/cdn/shop.example/a.jpg", { status: 302, headers });
  const pictures = await behindCdn(room, "93.184.216.34");
  assertEquals(refused(await pictures.get("https://shop.example/a.jpg")).reason, "blocked_address");
});
