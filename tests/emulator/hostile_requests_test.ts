import { assertEquals } from "@std/assert";
import { emulatorTest } from "./given_emulator.ts";
import { type HostileRequest, hostileRequests } from "./hostile_requests.ts";

const SEED = 20_261_130;
const COUNT = 2_500;

emulatorTest(
  "wrong requests are answered with what is wrong, and never with 500",
  async (given) => {
    const { emulator, anna, boris } = given;
    const world = { token: emulator.token, ids: [anna.id, boris.id, emulator.bot.id] };
    const failed: string[] = [];
    for (const request of hostileRequests(SEED, COUNT, world)) {
      // A fault that a request has set would hit the others.
      emulator.clearFaults();
      const { status, text } = await send(emulator.root, request);
      const is_said = status < 400 || /"(?:error|description)":"./.test(text);
      if (status !== 500 && is_said) continue;
      failed.push(
        `${request.method} ${request.path.slice(0, 200)}: ${status} ${text.slice(0, 300)}`,
      );
    }
    assertEquals(failed, []);
    assertEquals(emulator.people().length >= 2, true);
  },
  "ffi",
);

async function send(root: string, { method, path, headers, body }: HostileRequest) {
  const response = await fetch(`${root}${path}`, {
    method,
    headers,
    ...body !== undefined && method !== "GET" && { body },
  });
  return { status: response.status, text: await response.text() };
}
