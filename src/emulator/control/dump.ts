/** Everything that this Telegram holds, as one JSON object that another one can take up. */
import type { Fault } from "../model/fault.ts";
import { isRecord } from "../model/json_value.ts";
import { PersonError } from "../model/person_error.ts";
import type { IdName } from "../world/ids.ts";
import { type Saved, savedFrom } from "../world/saved_world.ts";
import type { World } from "../world/world.ts";

/** Everything this Telegram knows, as JSON. */
export interface Dump {
  world: Saved;
  /** The bytes of every file in base64, by `file_unique_id`. */
  files: Record<string, string>;
  rates: boolean;
  faults: Fault[];
  /** The next ones. */
  ids: Record<IdName, number>;
}

/** Everything this Telegram knows, files as well. */
export function dumpOf(world: World): Dump {
  const files = world.files.all().map((file) =>
    [file.file_unique_id, world.files.bytes(file).toBase64()] as const
  );
  return {
    world: world.state(),
    files: Object.fromEntries(files),
    rates: world.rates.on,
    faults: world.faults.all(),
    ids: world.ids.peek(),
  };
}

/** Forgets everything and takes up a dump. Throws a `PersonError` when it is none. */
export async function load(world: World, dump: Readonly<Record<string, unknown>>): Promise<void> {
  const { world: saved, files, ids } = dump;
  if (!isRecord(saved) || !isRecord(files) || !isRecord(ids)) {
    throw new PersonError("Cannot load this: expected what GET /control/dump gave");
  }
  let taken: Saved;
  try {
    taken = savedFrom("the dump", saved);
  } catch (error) {
    throw new PersonError((error as Error).message);
  }
  for (const { file_unique_id } of taken.files) {
    const bytes = files[file_unique_id];
    if (typeof bytes !== "string") {
      throw new PersonError(`Cannot load this: file ${file_unique_id} is missing`);
    }
    await world.files.put(file_unique_id, Uint8Array.fromBase64(bytes));
  }
  world.load(taken);
  world.ids.atLeast(ids);
  world.rates.on = dump.rates === true;
  world.faults.clear();
  for (const fault of Array.isArray(dump.faults) ? dump.faults : []) world.faults.add(fault);
  world.trace.clear();
  world.phoneEvents.emit({ name: "reset" });
}
