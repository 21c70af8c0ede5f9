import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { AllowedHosts } from "../../src/pictures/net/allowed_hosts.ts";
import { isPublic } from "../../src/pictures/net/public_address.ts";
import { picturesTest, refused, served } from "./given_pictures.ts";
import { BAD_URLS, BLOCKED_URLS, PRIVATE_ANSWERS } from "./blocked_urls.ts";
import { until } from "../bot/until.ts";
import { jpeg } from "./picture_bytes.ts";

const families = (addresses: readonly string[]) =>
  addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

picturesTest("every private address is refused in every spelling, unasked", async (room) => {
  assert(BLOCKED_URLS.length >= 90, `${BLOCKED_URLS.length} cases`);
  const pictures = await room.open({ allow_hosts: [] });
  for (const host of BLOCKED_URLS) {
    for (const url of [`${host}:${room.server.port}/cat`, `${host}/cat`]) {
      const result = await pictures.get(url);
      assertEquals([url, refused(result).reason], [url, "blocked_address"]);
    }
  }
  assertEquals(room.server.connections(), 0);
});

picturesTest("connector itself lets no literal through, however it is asked", async (room) => {
  const { openConnector } = await import("../../src/pictures/net/connector.ts");
  const connect = openConnector({
    ...{ allowed: new AllowedHosts([]), connect_timeout_ms: 1_000, dns_ttl_ms: 1_000 },
  });
  for (const hostname of ["127.0.0.1", "::1", "[::1]", "::ffff:127.0.0.1", "10.0.0.1"]) {
    const { promise, resolve } = Promise.withResolvers<string>();
    const to = { hostname, port: String(room.server.port), protocol: "http:" };
    connect(to, (...[error]) => resolve(error?.name ?? "connected"));
    assertEquals([hostname, await promise], [hostname, "BlockedAddress"]);
  }
  assertEquals(room.server.connections(), 0);
});

picturesTest("what is no web address is refused, unasked", async (room) => {
  const pictures = await room.open({ allow_hosts: [] });
  for (const url of BAD_URLS) {
    assertEquals([url, refused(await pictures.get(url)).reason], [url, "bad_url"]);
  }
  assertEquals(room.server.connections(), 0);
});

picturesTest("name that stands for a private address is refused, unasked", async (room) => {
  for (const answer of PRIVATE_ANSWERS) {
    const resolve = () => Promise.resolve(families(answer));
    const pictures = await room.open({ allow_hosts: [], resolve });
    const url = `http://pictures.example:${room.server.port}/cat`;
    assertEquals([answer, refused(await pictures.get(url)).reason], [answer, "blocked_address"]);
    await pictures.close();
  }
  assertEquals(room.server.connections(), 0);
});

picturesTest("localhost is refused, as the system resolves it", async (room) => {
  const pictures = await room.open({ allow_hosts: [] });
  const { reason, sentence } = refused(
    await pictures.get(`http://localhost:${room.server.port}/cat`),
  );
  assertEquals(reason, "blocked_address");
  assertStringIncludes(sentence, "Cannot connect to localhost: it stands for ");
  assertEquals(room.server.connections(), 0);
});

picturesTest("redirect to a private address is refused at every hop", async (room) => {
  const targets = ["http://127.0.0.2/", "http://2130706434/", "http://[::1]/", "http://inside/"];
  const more = ["http://169.254.169.254/", "//10.0.0.1/", "http://0/", "ftp://x/", "http://a@b/"];
  const resolve = (host: string) =>
    Promise.resolve(families([host === "inside" ? "10.0.0.1" : "127.0.0.1"]));
  const pictures = await room.open({ resolve });
  for (const [i, location] of [...targets, ...more].entries()) {
    room.server.on(`/${i}`, { status: 302, headers: { location: `/${i}/hop` } });
    room.server.on(`/${i}/hop`, { status: 302, headers: { location } });
    const { reason } = refused(await pictures.get(room.at(`/${i}`)));
    const wanted = /ftp|@/.test(location) ? "bad_url" : "blocked_address";
    assertEquals([location, reason], [location, wanted]);
  }
  assertEquals(room.server.asked.every(({ path }) => /^\/\d(\/hop)?$/.test(path)), true);
});

picturesTest(
  "name that turns private between two looks is refused the second time",
  async (room) => {
    const answers = [["93.184.216.34"], ["127.0.0.1"]];
    let asked = 0;
    const pictures = await room.open({
      allow_hosts: [],
      dns_ttl_ms: 0,
      resolve: () => Promise.resolve(families(answers[asked++] ?? [])),
    });
    const url = (path: string) => `http://rebinding.example:${room.server.port}/${path}`;
    // Public, so it was tried: this test has no permission to get there.
    assertEquals(refused(await pictures.get(url("one"))).reason, "unreachable");
    assertEquals(refused(await pictures.get(url("two"))).reason, "blocked_address");
    assertEquals([asked, room.server.connections()], [2, 0]);
  },
);

picturesTest("peer is judged too: an answer may change after it was", async (room) => {
  let looks = 0;
  const shifting = {
    family: 4,
    get address() {
      return looks++ === 0 ? "93.184.216.34" : "127.0.0.1";
    },
  };
  const pictures = await room.open({ allow_hosts: [], resolve: () => Promise.resolve([shifting]) });
  const url = `http://shifting.example:${room.server.port}/cat`;
  assertEquals(refused(await pictures.get(url)).reason, "blocked_address");
  // It was connected to, and asked nothing.
  assertEquals([room.server.connections(), room.server.asked.length], [1, 0]);
});

picturesTest("answer of DNS that was judged is the one that is connected to", async (room) => {
  let asked = 0;
  const pictures = await room.open({
    allow_hosts: [`cards.example:${room.server.port}`],
    resolve: () => Promise.resolve(families([asked++ === 0 ? "127.0.0.1" : "10.0.0.1"])),
  });
  const paths = ["/one", "/two", "/three"];
  const { server } = room;
  const after_that = until("all are asked for at once", () => server.asked.length === 3);
  for (const path of paths) server.on(path, { body: jpeg(), after_that });
  const url = (path: string) => `http://cards.example:${room.server.port}${path}`;
  (await Promise.all(paths.map((path) => pictures.get(url(path))))).forEach(served);
  assertEquals([asked, room.server.connections()], [1, 3]);
});

picturesTest("allowed host is allowed on its port only, where one is named", async (room) => {
  room.server.on("/cat", { body: jpeg() });
  const pictures = await room.open({ allow_hosts: ["127.0.0.1:1", "[::1]:2"] });
  assertEquals(refused(await pictures.get(room.at("/cat"))).reason, "blocked_address");
  const others = await room.open({ allow_hosts: ["0x7f.1"], folder: `${room.folder}_2` });
  served(await others.get(room.at("/cat")));
});

picturesTest("bot's token is in no address that is fetched", async (room) => {
  const pictures = await room.open();
  const token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawx";
  const { reason, sentence } = refused(await pictures.get(room.at(`/file/bot${token}/x.jpg`)));
  assertEquals(reason, "bad_url");
  assert(!sentence.includes(token));
  assertEquals(room.server.connections(), 0);
});

Deno.test("addresses of the world are public", () => {
  for (const address of ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"]) {
    assert(isPublic(address), address);
  }
  for (const address of ["", "localhost", "1.2.3.4.5", "::g"]) assert(!isPublic(address), address);
});
