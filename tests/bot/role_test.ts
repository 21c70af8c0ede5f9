/** The bot from end to end as a role that owns nothing. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { madeForRole, serverOnly } from "../database.ts";
import { unless } from "../permissions.ts";
import { startBot } from "./bot_process.ts";
import { worldNeeds } from "./bot_world.ts";
import { inPlace, issue, stop, verdictsOf, WAIT } from "./process_place.ts";
import { outcome, program } from "../replay/replay_process.ts";
import { PII_KEY } from "./run_in_process.ts";
import { until } from "./until.ts";

const MIGRATE = new URL("../../src/migrate.ts", import.meta.url).pathname;

/** `deno task migrate` as a process of its own. */
async function migrate(url: string, ...args: string[]) {
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=replay", "--config", config, MIGRATE, ...args],
    env: { DATABASE_URL: url },
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  return { code, said };
}

Deno.test({
  ...unless(
    worldNeeds({ name: "run" }, { name: "write" }) || serverOnly(),
    "role that owns nothing runs the bot, once the owner has migrated",
  ),
  async fn() {
    const { address, role, drop } = await madeForRole(Deno.env.get("TEST_DATABASE_URL") ?? "");
    try {
      await inPlace(async (place) => {
        const { emulator, environment } = place;
        {
          await using early = startBot(environment);
          const { code, said } = await early.end();
          assertEquals(code, 78);
          assertStringIncludes(said, `deno task migrate --role ${role.name}`);
        }
        const wrong = await migrate(address, "--rle", "x");
        assertEquals(wrong.code, 64, wrong.said);
        const done = await migrate(address, "--role", role.name);
        assertEquals(done.code, 0, done.said);
        assertMatch(done.said, /^Applied 0001_log, .*; test_\w+ may run the bot, and no more\.\n$/);
        const again = await migrate(address);
        assertEquals(again.said, "The tables are up to date.\n");
        await using bot = startBot(environment);
        await bot.working();
        const code = await issue(place);
        const buyer = emulator.addPerson({ first_name: "Борис" });
        await buyer.say(`/start v_${code}`);
        await until("the verdict is there", () => verdictsOf(buyer).length === 1, WAIT.timeout_ms);
        await stop(bot);
        const { code: ended, err } = await outcome(
          program(environment.DATA_DIR ?? "", ["verify"], { DATABASE_URL: role.address }),
        );
        assertEquals(ended, 78);
        assertMatch(err, /^Cannot do that as this user .* Name the owner in DATABASE_URL\.\n$/);
        const whole = await outcome(
          program(environment.DATA_DIR ?? "", ["verify"], { DATABASE_URL: address, PII_KEY }),
        );
        assertEquals(whole.code, 0, whole.out + whole.err);
      }, { DATABASE_URL: role.address });
    } finally {
      await drop();
    }
  },
});
