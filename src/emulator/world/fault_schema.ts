/** What a fault must look like, from wherever it comes. */
import { z } from "zod";
import type { Fault } from "../model/fault.ts";
import { PersonError } from "../model/person_error.ts";
import { methods } from "../schema/field_table.ts";
import { troubleOf } from "./saved_schema.ts";

const times_max = 1_000_000;
const day_s = 24 * 3600;

const schema = z.strictObject({
  method: z.string().regex(/^(?:\*|[A-Za-z_]{1,64})$/, "expected a method's name or *"),
  chat_id: z.int().optional(),
  times: z.int().min(1).max(times_max),
  kind: z.enum([
    ...["status", "answer", "delay", "hang", "cut_before", "cut_after"] as const,
    ...["duplicate", "reorder"] as const,
  ]),
  status: z.int().min(200).max(599).optional(),
  body: z.string().max(100_000).optional(),
  description: z.string().max(1000).optional(),
  file: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/, "expected a sha256 or a file_id").optional(),
  retry_after: z.int().min(0).max(day_s).optional(),
  delay_ms: z.number().min(0).max(day_s * 1000).optional(),
}).refine(({ kind, status = 500 }) => kind === "answer" || status >= 400, {
  ...{ path: ["status"], error: "Too small: expected an error, 400 or more" },
});

/** The fault as it is given. Throws a `PersonError` that names the field which is wrong. */
export function checkedFault(given: unknown): Fault {
  const checked = schema.safeParse(given);
  if (!checked.success) throw wrong(troubleOf(checked.error));
  const { method, kind } = checked.data;
  const of_updates = kind === "duplicate" || kind === "reorder";
  if (!of_updates && method !== "*" && !methods.has(method.toLowerCase())) {
    throw wrong(`method: there is no ${method}`);
  }
  const set = Object.entries(checked.data).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(set), method, kind, times: checked.data.times };
}

const wrong = (trouble: string) => new PersonError(`Cannot set this fault: ${trouble}`);
