/** What of an object the Bot API knows: the real server drops the rest without a word. */
import { isRecord } from "../model/json_value.ts";
import { badRequest } from "../model/refusal.ts";
import { type Fields, type Shape, types } from "./field_table.ts";
import { checkObject } from "./validate.ts";

/**
 * The object without fields that its type does not have, however deep. Throws a `Refusal` when
 * what is left is not of the type; `name` is what the refusal calls it.
 */
export function knownPart(
  type: string,
  value: Record<string, unknown>,
  name: string,
): Record<string, unknown> {
  const part = pruned({ kind: "name", name: type }, value);
  const [wrong] = checkObject(type, part);
  if (wrong !== undefined || !isRecord(part)) throw badRequest(`can't parse ${name}: ${wrong}`);
  return part;
}

function pruned(shape: Shape, value: unknown): unknown {
  if (shape.kind === "array") {
    return Array.isArray(value) ? value.map((item) => pruned(shape.of, item)) : value;
  }
  if (shape.kind !== "name" || !isRecord(value)) return value;
  const type = types.get(shape.name);
  return type instanceof Map ? prunedFields(type, value) : value;
}

function prunedFields(fields: Fields, value: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(value)) {
    const field = fields.get(name);
    if (field !== undefined) kept[name] = pruned(field.shape, given);
  }
  return kept;
}
