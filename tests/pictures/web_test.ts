import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";
import { picturesTest, refused, served } from "./given_pictures.ts";
import { jpeg, png } from "./picture_bytes.ts";

const picture = png(90, 70, { noise: true });
const packed: Record<string, [encoding: string, bytes: Uint8Array]> = {
  "gzip": ["gzip", gzipSync(picture)],
  "gzip by its old name": ["x-gzip", gzipSync(picture)],
  "gzip in capitals": [" GZip ", gzipSync(picture)],
  "deflate": ["deflate", deflateSync(picture)],
  "deflate without its frame": ["deflate", deflateRawSync(picture)],
  "brotli": ["br", brotliCompressSync(picture)],
  "zstd": ["zstd", zstdCompressSync(picture)],
  "gzip within brotli": ["gzip, br", brotliCompressSync(gzipSync(picture))],
  "nothing, by its name": ["identity", picture],
  "nothing, by a name that nobody knows": ["utf-8", picture],
};
for (const [what, [encoding, body]] of Object.entries(packed)) {
  picturesTest(`picture packed in ${what} is unpacked, though nobody asked`, async (room) => {
    room.server.on("/it", { body, headers: { "content-encoding": encoding } });
    const pictures = await room.open();
    const it = served(await pictures.get(room.at("/it")));
    assertEquals([it.type, it.size, it.width, it.height], ["png", picture.length, 90, 70]);
    assertEquals(await pictures.read(it), picture);
  });
}

const gzip = { "content-encoding": "gzip" };
const damaged = gzipSync(picture);
damaged.fill(0x55, 2_000, 2_010);
const badly: Record<string, Uint8Array> = {
  "that ends too early": gzipSync(picture).subarray(0, 3_000),
  "that is damaged": damaged,
  "that is none": picture,
  "that is empty": new Uint8Array(0),
};
for (const [what, body] of Object.entries(badly)) {
  picturesTest(`picture in a gzip ${what} is refused in words`, async (room) => {
    room.server.on("/it", { body, headers: gzip });
    const { reason, sentence } = refused(await (await room.open()).get(room.at("/it")));
    assertEquals(reason, "broken_off");
    assertStringIncludes(sentence, "what it is packed in is damaged");
    const left = [...Deno.readDirSync(room.folder)].map(({ name }) => name);
    assertEquals(left, ["lock"]);
  });
}

picturesTest("picture of 21 MB that is small while it is packed is refused", async (room) => {
  const headed = new Uint8Array(21_000_000);
  headed.set(jpeg(1_000).subarray(0, 900));
  const body = gzipSync(headed);
  room.server.on("/it", { body, headers: gzip });
  assertEquals(body.length < 100_000, true);
  assertEquals(refused(await (await room.open()).get(room.at("/it"))).reason, "too_large");
});

const targets: Record<string, [location: string, path: string]> = {
  "raw UTF-8": [
    "/картины/зимнее море.jpg?о=чём",
    "/%D0%BA%D0%B0%D1%80%D1%82%D0%B8%D0%BD%D1%8B/" +
    "%D0%B7%D0%B8%D0%BC%D0%BD%D0%B5%D0%B5%20%D0%BC%D0%BE%D1%80%D0%B5.jpg?%D0%BE=%D1%87%D1%91%D0%BC",
  ],
  "an emoji": ["/🦊.jpg", "/%F0%9F%A6%8A.jpg"],
  "escapes": ["/%D0%BC%2F.jpg", "/%D0%BC%2F.jpg"],
  "spaces": ["  /two words.jpg ", "/two%20words.jpg"],
  "a fragment": ["/sea.jpg#top", "/sea.jpg"],
  "a place beside it": ["sea.jpg?size=1", "/old/sea.jpg?size=1"],
  "a place above it": ["../../sea.jpg", "/sea.jpg"],
  "no scheme": ["//HOST/sea.jpg", "/sea.jpg"],
  "a query alone": ["?size=1", "/old/it?size=1"],
};
for (const [what, [location, path]] of Object.entries(targets)) {
  picturesTest(`redirect to an address with ${what} is followed`, async (room) => {
    const headers = { location: location.replace("HOST", `127.0.0.1:${room.server.port}`) };
    room.server.on("/old/it", { status: 302, headers });
    room.server.on(path, { body: jpeg() });
    const { size } = served(await (await room.open()).get(room.at("/old/it")));
    assertEquals([size, room.server.asked.at(-1)?.path], [jpeg().length, path]);
  });
}

picturesTest("picture of HTTP/1.0 ends with its connection", async (room) => {
  const headers = { "content-length": "" };
  room.server.on("/it", { http: "1.0", headers, body: jpeg(9_000), then: "close" });
  room.server.on("/half", { http: "1.0", headers, body: jpeg(9_000).slice(0, -2), then: "close" });
  const pictures = await room.open();
  assertEquals(served(await pictures.get(room.at("/it"))).size, jpeg(9_000).length);
  assertEquals(refused(await pictures.get(room.at("/half"))).reason, "broken_off");
});

for (
  const [what, type] of Object.entries({
    "of another picture": "image/gif",
    "of a text": "TEXT/HTML; charset=utf-8",
    "with parameters": 'Image/JPEG; name="a;b.jpg"',
    "of nothing known": "x",
    "that is empty": " ",
  })
) {
  picturesTest(`picture with a Content-Type ${what} is judged by its bytes`, async (room) => {
    room.server.on("/it", { body: jpeg(), headers: { "content-type": type } });
    assertEquals(served(await (await room.open()).get(room.at("/it"))).type, "jpg");
  });
}
