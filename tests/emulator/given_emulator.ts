/** A running emulator for one test, with a bot's client whose every answer is checked. */
import { type Emulator, type PersonHandle, startEmulator } from "@amanita/emulator";
import { Api, GrammyError } from "grammy";
import { assertEquals, assertRejects } from "@std/assert";
import { methods } from "../../src/emulator/schema/field_table.ts";
import { checkAnswer } from "../../src/emulator/schema/validate.ts";

export interface EmulatorFixture {
  emulator: Emulator;
  api: Api;
  /** Has written to the bot already; what she wrote is confirmed. */
  anna: PersonHandle;
  /** Has never written to the bot. */
  boris: PersonHandle;
}

type Need = "net" | "ffi" | "write" | "run";

/** Declares a test; one whose permissions are missing is ignored, and says which. */
export function emulatorTest(
  name: string,
  body: (given: EmulatorFixture) => Promise<void>,
  ...needs: Need[]
): void {
  guardedTest(name, async () => {
    const emulator = await startEmulator({
      people: [{ first_name: "Анна", last_name: "Смирнова", username: "anna" }, {
        first_name: "Борис",
        language_code: "en",
      }],
    });
    try {
      const [anna, boris] = emulator.people().map(({ id }) => emulator.person(id));
      if (anna === undefined || boris === undefined) throw new Error("Cannot find the people");
      await anna.start();
      const api = apiOf(emulator);
      await api.getUpdates({ offset: -1 });
      await api.getUpdates({ offset: 2 ** 31 });
      await body({ emulator, api, anna, boris });
    } finally {
      await emulator.close();
    }
  }, ...needs);
}

export function guardedTest(name: string, fn: () => Promise<void>, ...needs: Need[]): void {
  const missing = (["net", ...needs] as const).filter((need) => !isGranted(need));
  const suffix = missing.length === 0
    ? ""
    : ` (ignored: needs --allow-${missing.join(" --allow-")})`;
  Deno.test({ name: name + suffix, ignore: missing.length > 0, fn });
}

function isGranted(need: Need): boolean {
  const state = (wanted: Deno.PermissionDescriptor) => Deno.permissions.querySync(wanted).state;
  if (need === "net") return state({ name: "net", host: "127.0.0.1" }) === "granted";
  if (need !== "ffi") return state({ name: need }) === "granted";
  // Pictures are worked on by native code that reads its own files and settings; settings may
  // also be hidden from it, which the permission system calls denied.
  return state({ name: "ffi" }) === "granted" && state({ name: "read" }) === "granted" &&
    state({ name: "env" }) !== "prompt";
}

/** The bot's client: an answer that the Bot API's table does not know fails the test. */
export function apiOf({ token, root }: Pick<Emulator, "token" | "root">): Api {
  const api = new Api(token, { apiRoot: root });
  api.config.use(async (previous, name, payload, signal) => {
    const answer = await previous(name, payload, signal);
    const method = methods.get(name.toLowerCase());
    if (answer.ok && method !== undefined) assertEquals(checkAnswer(method, answer.result), []);
    return answer;
  });
  return api;
}

/** The call is refused with exactly this code and description. */
export async function assertRefused(
  call: Promise<unknown>,
  description: string,
  code = 400,
): Promise<GrammyError> {
  const error = await assertRejects(() => call, GrammyError);
  assertEquals([error.error_code, error.description], [code, description]);
  return error;
}
