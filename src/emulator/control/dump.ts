/** Everything that this Telegram holds, as one JSON object that another one can take up. */
import { z } from "zod";
import type { Fault } from "../model/fault.ts";
import { isRecord } from "../model/json_value.ts";
import { PersonError } from "../model/person_error.ts";
import { checkedFault } from "../world/fault_schema.ts";
import type { IdName } from "../world/ids.ts";
import { contentTrouble, troubleOf } from "../world/saved_schema.ts";
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

/** A dump beside its world. */
const rest = z.object({
  files: z.record(z.string(), z.base64({ error: "expected base64" })),
  rates: z.boolean(),
  faults: z.array(z.unknown()),
  ids: z.object({ update_id: z.int().nonnegative(), message_id: z.int().nonnegative() }),
});

/**
 * Forgets everything and takes up a dump. Throws a `PersonError` that names the field which is
 * wrong; then nothing has changed.
 */
export async function load(world: World, dump: Readonly<Record<string, unknown>>): Promise<void> {
  const checked = rest.safeParse(dump);
  if (!checked.success) throw noDump(troubleOf(checked.error));
  if (!isRecord(dump.world)) throw noDump("world: expected an object");
  const saved = savedOf(dump.world);
  const { files, ids, rates } = checked.data;
  const faults = checked.data.faults.map((fault) => checkedFault(fault));
  const bytes = saved.files.map(({ file_unique_id }) => {
    const base64 = Object.hasOwn(files, file_unique_id) ? files[file_unique_id] : undefined;
    if (base64 === undefined) throw noDump(`files.${file_unique_id} is missing`);
    return [file_unique_id, Uint8Array.fromBase64(base64)] as const;
  });
  for (const [file_unique_id, content] of bytes) await world.files.put(file_unique_id, content);
  world.load(saved);
  world.ids.atLeast(ids);
  world.rates.on = rates;
  world.faults.clear();
  for (const fault of faults) world.faults.add(fault);
  world.trace.clear();
  world.phoneEvents.emit({ name: "reset" });
}

/** The dump's world, with contents that the Bot API knows. */
function savedOf(value: Record<string, unknown>): Saved {
  let saved: Saved;
  try {
    saved = savedFrom("the dump's world", value);
  } catch (error) {
    throw new PersonError(error instanceof Error ? error.message : String(error));
  }
  const trouble = contentTrouble(saved);
  if (trouble !== null) throw noDump(`world.${trouble}`);
  return saved;
}

const noDump = (trouble: string) =>
  new PersonError(`Cannot load this, as it is not what GET /control/dump gave: ${trouble}`);
