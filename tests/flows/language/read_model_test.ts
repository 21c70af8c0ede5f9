import { assertEquals } from "@std/assert";
import { dialogueStream } from "../../../events/stream.ts";
import { openLanguages } from "../../../src/flows/language/read_model.ts";
import { databaseTest } from "../../database.ts";
import { command } from "../../machines/samples.ts";
import { givenDialogues } from "../../runtime/given_dialogues.ts";

databaseTest("a person's language is the newest they chose, in whatever chat", async ({ sql }) => {
  const { meet, does } = await givenDialogues(sql);
  const [ada, bob] = [await meet(1), await meet(2)];
  const { chosenBy } = openLanguages({ sql });
  assertEquals(await chosenBy(ada), null);
  await does(ada, command("language", "en"));
  await does(bob, command("language", "ru"));
  assertEquals([await chosenBy(ada), await chosenBy(bob)], ["en", "ru"]);
  await does(ada, command("language", "ru"));
  await does(ada, command("language", "en"), { stream: dialogueStream(ada, -100500) });
  assertEquals(await Promise.all([ada, bob, ada].map(chosenBy)), ["en", "ru", "en"]);
});
