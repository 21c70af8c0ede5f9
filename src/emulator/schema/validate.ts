/** Checks calls and objects against the Bot API's field table; finds sentences, throws nothing. */
import { isRecord } from "../model/json_value.ts";
import { Upload } from "../model/upload.ts";
import { type Field, type Fields, type Method, type Shape, types } from "./field_table.ts";

/**
 * What is wrong with the params of a call, e.g. `sendMessage: text is missing`. With `parse_mode`
 * lengths are left to the method: they count after the markup is gone.
 */
export function checkCall(method: Method, params: Record<string, unknown>): string[] {
  const found: string[] = [];
  checkFields(method.fields, params, "", found, params.parse_mode !== undefined);
  return found.map((sentence) => `${method.name}: ${sentence}`);
}

/** What is wrong with `value` as the answer of `method`. */
export function checkAnswer(method: Method, value: unknown): string[] {
  const found: string[] = [];
  checkShape(method.returns, value, "result", found, false);
  return found.map((sentence) => `${method.name}: ${sentence}`);
}

/** What is wrong with `value` as an object of the type, e.g. `Update`. */
export function checkObject(type: string, value: unknown): string[] {
  const found: string[] = [];
  checkShape({ kind: "name", name: type }, value, type, found, false);
  return found;
}

/** Whether the value is of this shape. */
export function fits(shape: Shape, value: unknown): boolean {
  const found: string[] = [];
  checkShape(shape, value, "", found, false);
  return found.length === 0;
}

function checkFields(
  fields: Fields,
  value: Record<string, unknown>,
  path: string,
  found: string[],
  marked: boolean,
): void {
  const prefix = path === "" ? "" : `${path}.`;
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined && !fields.has(key)) found.push(`${prefix}${key} is unknown`);
  }
  for (const [key, field] of fields) {
    const given = value[key];
    if (given !== undefined) checkField(field, given, prefix + key, found, marked);
    else if (field.required) found.push(`${prefix}${key} is missing`);
  }
}

function checkField(
  field: Field,
  value: unknown,
  path: string,
  found: string[],
  marked: boolean,
): void {
  checkShape(field.shape, value, path, found, marked || isMarked(value));
  if (field.length === undefined || typeof value !== "string" || marked) return;
  const { min, max, bytes } = field.length;
  const size = bytes ? new TextEncoder().encode(value).length : characters(value, max);
  if (size >= min && size <= max) return;
  const unit = bytes ? "bytes" : "characters";
  found.push(`${path} has ${size} ${unit}, the bounds are ${min}-${max}`);
}

function checkShape(
  shape: Shape,
  value: unknown,
  path: string,
  found: string[],
  marked: boolean,
): void {
  switch (shape.kind) {
    case "literal":
      if (value !== shape.value) {
        found.push(`${path} is ${shown(value)}, not ${shown(shape.value)}`);
      }
      return;
    case "array":
      if (!Array.isArray(value)) found.push(`${path} is ${shown(value)}, not an array`);
      else value.forEach((v, i) => checkShape(shape.of, v, `${path}[${i}]`, found, marked));
      return;
    case "union":
      return checkUnion(shape.of, value, path, found, marked);
    case "name":
      return checkNamed(shape.name, value, path, found, marked);
  }
}

/** Reports the branch that fits best, so that one misspelt field is one sentence. */
function checkUnion(
  branches: readonly Shape[],
  value: unknown,
  path: string,
  found: string[],
  marked: boolean,
): void {
  let best: string[] | undefined;
  for (const branch of branches) {
    const tried: string[] = [];
    checkShape(branch, value, path, tried, marked);
    if (tried.length === 0) return;
    if (best === undefined || depth(tried, path) > depth(best, path)) best = tried;
  }
  found.push(...best ?? []);
}

/** A branch whose complaints lie inside the value, and are few, fits better than a flat refusal. */
function depth(sentences: readonly string[], path: string): number {
  const flat = sentences.some((sentence) => sentence.startsWith(`${path} `));
  const wrongKind = sentences.some((sentence) => sentence.startsWith(`${path}.type is`));
  return (flat ? -1000 : 0) + (wrongKind ? -100 : 0) - sentences.length;
}

function checkNamed(
  name: string,
  value: unknown,
  path: string,
  found: string[],
  marked: boolean,
): void {
  const known = primitive(name, value);
  if (known === false) found.push(`${path} is ${shown(value)}, not ${name}`);
  if (known !== undefined) return;
  const type = types.get(name);
  if (type === undefined) throw new Error(`Cannot check ${path}: the table has no type ${name}`);
  if (!(type instanceof Map)) return checkShape(type as Shape, value, path, found, marked);
  if (isRecord(value)) checkFields(type, value, path, found, marked);
  else found.push(`${path} is ${shown(value)}, not ${name}`);
}

function primitive(name: string, value: unknown): boolean | undefined {
  switch (name) {
    case "Any":
      return true;
    case "String":
      return typeof value === "string";
    case "Number":
      return typeof value === "number" && Number.isFinite(value);
    case "Boolean":
      return typeof value === "boolean";
    case "InputFile":
      return value instanceof Upload;
    default:
      return undefined;
  }
}

function isMarked(value: unknown): boolean {
  return isRecord(value) && value.parse_mode !== undefined;
}

/** Telegram counts code points, not UTF-16 units; the count is skipped when it cannot matter. */
export function characters(text: string, max = 0): number {
  return text.length <= max && text.length > 0 ? text.length : [...text].length;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  if (isRecord(value)) return "an object";
  return JSON.stringify(value) ?? "undefined";
}
