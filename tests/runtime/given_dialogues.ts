/** The real dialogues on a real database: makers, buyers and cards, without Telegram. */
import { dialogueStream } from "../../events/stream.ts";
import { type Dialogues, openDialogues } from "../../src/app/dialogues.ts";
import type { Handled } from "../../src/runtime/incoming.ts";
import type { NewTask } from "../../src/store/append.ts";
import { openReaders } from "../../src/projections/readers.ts";
import { openMasterKey } from "../../src/store/master_key.ts";
import type { Input } from "../../machines/flow/input.ts";
import { photo, tap, text } from "../machines/samples.ts";
import { type Sql, toldRights, type ToldUpdate, update } from "./given_engine.ts";

/** The same key for every process of a test. */
const PII_KEY = "amanita".padEnd(43, "A") + "=";

export interface GivenDialogues extends Dialogues {
  /** What was handed over to be carried out. */
  offered: NewTask[];
  /** The uuid of the person with this Telegram id. */
  meet(telegram_id: number): Promise<string>;
  /** A maker does something in their own dialogue. */
  does(person: string, input: Input, more?: Partial<ToldUpdate>): Promise<Handled>;
  /** Issues a card as the wizard does. */
  issues(person: string, name: string): Promise<void>;
}

export async function givenDialogues(
  sql: Sql,
  signal: AbortSignal = new AbortController().signal,
): Promise<GivenDialogues> {
  const offered: NewTask[] = [];
  const dialogues = await openDialogues({
    sql,
    read: openReaders({ sql }),
    master: await openMasterKey(PII_KEY, ""),
    owner: crypto.randomUUID(),
    deliver: (tasks) => void offered.push(...tasks),
    rights: () => toldRights,
    default_locale: "ru",
    signal,
  });
  const { engine, people, log } = dialogues;
  const does: GivenDialogues["does"] = (person, input, more) =>
    engine.handle(update(dialogueStream(person), input, { admin: true, ...more }));
  return {
    ...dialogues,
    offered,
    async meet(telegram_id) {
      const names = { first_name: "Ada", last_name: null, username: null };
      const met = await people.meet([{ telegram_id, names, language: "ru" }]);
      return met.get(telegram_id)?.person ?? "";
    },
    does,
    async issues(person, name) {
      const stream = dialogueStream(person);
      await does(person, tap({ do: "issue" }));
      await does(person, photo());
      const { version } = await log.tip(stream);
      const fact = { type: "PhotoKept", callId: `${version}:0`, sha256: "a".repeat(64) } as const;
      const cause = `effect:${stream}:${version}:0`;
      await engine.answer({ cause, correlation: cause, stream, fact, at: 2_000 });
      await does(person, text(name));
      await does(person, text("Oil, 1999"));
      await does(person, tap({ do: "skip" }));
      await does(person, tap({ do: "approve" }));
    },
  };
}
