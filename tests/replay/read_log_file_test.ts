/** A log's file, as other systems and editors leave it. */
import { assertEquals, assertRejects } from "@std/assert";
import { readLogFile } from "../../src/replay/log/read_log_file.ts";
import { linesOf } from "../../src/replay/log/lines_of.ts";
import { CannotReplay } from "../../src/replay/log/exit_codes.ts";
import { readAttempts } from "../../src/replay/walk/read_attempts.ts";
import { goldenRows, goldenTest, nameOfGolden, readGolden } from "../logs/golden_logs.ts";

/** In chunks that part lines and letters. */
function streamOf(bytes: Uint8Array<ArrayBuffer>) {
  return ReadableStream.from((function* () {
    for (let at = 0; at < bytes.length; at += 4_099) yield bytes.slice(at, at + 4_099);
  })());
}

async function rowsIn(bytes: Uint8Array<ArrayBuffer>) {
  const { pages } = await readLogFile(linesOf(streamOf(bytes), "log"), "log");
  return (await Array.fromAsync(pages)).flat();
}

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string): Uint8Array<ArrayBuffer> {
  const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  return new Uint8Array(units.buffer);
}

const ways: Readonly<Record<string, (text: string) => Uint8Array<ArrayBuffer>>> = {
  "ends of Windows": (text) => utf8(text.replaceAll("\n", "\r\n")),
  "a last empty line": (text) => utf8(`${text}\n`),
  "several, of Windows": (text) => utf8(`${text}\n\n`.replaceAll("\n", "\r\n")),
  "no last end": (text) => utf8(text.trimEnd()),
  "a byte order mark": (text) => utf8(`\ufeff${text}`),
  "two bytes for each letter": (text) => utf16(`\ufeff${text.replaceAll("\n", "\r\n")}`),
};
for (const [way, written] of Object.entries(ways)) {
  goldenTest(`a log's file with ${way} is the log that was exported`, async () => {
    const text = await readGolden(nameOfGolden());
    assertEquals(await rowsIn(written(text)), await goldenRows(nameOfGolden()));
  });
}

goldenTest("a log's file that is cut off or has a hole is refused by its line", async () => {
  const lines = (await readGolden(nameOfGolden())).trimEnd().split("\n");
  const refusal = async (changed: readonly string[]) =>
    (await assertRejects(() => rowsIn(utf8(changed.join("\r\n"))), CannotReplay)).message;
  assertEquals(
    await refusal([...lines.slice(0, -1), "", ""]),
    "Cannot read log: it is cut off, as it has no end",
  );
  assertEquals(await refusal(lines.toSpliced(3, 0, "")), "Cannot read log: line 4 is empty");
  assertEquals(
    await refusal([...lines, "", lines[1] ?? ""]),
    `Cannot read log: line ${lines.length + 2} stands behind its end`,
  );
});

Deno.test("a fork's file may have ends of Windows and a byte order mark", () => {
  const line = '{"input": {"kind": "text", "text": "Anna"}, "admin": true}';
  const text = `\ufeff${line}\r\n\r\n# one more\r\n${line}\r\n`;
  assertEquals(readAttempts(text, "f"), readAttempts(`${line}\n${line}`, "f"));
  assertEquals(readAttempts(text, "f").length, 2);
});
