/** One Bot API call as it came: JSON, a query string, a form or a multipart body. */
import { integerOf, isRecord, parseJson } from "../model/json_value.ts";
import { badRequest, Refusal } from "../model/refusal.ts";
import { Upload } from "../model/upload.ts";
import type { Field, Method, Shape } from "../schema/field_table.ts";

/** What a caller sent to the method, with the readers that methods need. */
export class Call {
  constructor(
    readonly method: Method,
    readonly params: Readonly<Record<string, unknown>>,
    readonly uploads: ReadonlyMap<string, Upload>,
    /** Aborted when the caller hangs up. */
    readonly gone: AbortSignal,
  ) {}

  /** "" when absent; a number is read as its text, as the real server does. */
  text(name: string): string {
    const value = this.params[name];
    return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
  }

  integer(name: string): number | undefined {
    return integerOf(this.params[name]);
  }

  flag(name: string): boolean {
    return this.params[name] === true;
  }

  /** The objects of an array param; undefined when it is no array. */
  records(name: string): Record<string, unknown>[] | undefined {
    const value = this.params[name];
    return Array.isArray(value) ? value.filter(isRecord) : undefined;
  }
}

/** Reads the request; throws a `Refusal` when the body cannot be read. */
export async function readCall(
  method: Method,
  request: Request,
  url: URL,
): Promise<Call> {
  const raw: Record<string, unknown> = Object.fromEntries(url.searchParams);
  const uploads = new Map<string, Upload>();
  const type = request.headers.get("content-type") ?? "";
  if (request.method === "POST" && request.body !== null) {
    if (type.startsWith("application/json")) Object.assign(raw, await readJson(request));
    else if (/^multipart\/form-data|^application\/x-www-form-urlencoded/.test(type)) {
      await readForm(request, raw, uploads);
    }
  }
  const params: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (value !== null) params[name] = withoutNulls(typed(method.fields.get(name), value));
  }
  for (const [name, upload] of uploads) {
    if (method.fields.has(name)) params[name] ??= upload;
  }
  // Some libraries name the method in the body too, as if it were an answer to a webhook.
  if (String(params.method).toLowerCase() === method.name.toLowerCase()) delete params.method;
  return new Call(method, params, uploads, request.signal);
}

async function readJson(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  try {
    const value: unknown = text.trim() === "" ? {} : parseJson(text);
    if (isRecord(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badRequest("can't parse JSON-encoded body");
}

async function readForm(
  request: Request,
  raw: Record<string, unknown>,
  uploads: Map<string, Upload>,
): Promise<void> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Refusal(400, "Bad Request: can't parse the request's body");
  }
  for (const [name, value] of form) {
    if (typeof value === "string") raw[name] = value;
    else uploads.set(name, new Upload(await value.bytes(), value.name, value.type));
  }
}

/** Everything outside JSON arrives as text: read it as what the field wants, if it can be. */
function typed(field: Field | undefined, value: unknown): unknown {
  if (field === undefined || typeof value !== "string") return value;
  const { shape } = field;
  if (accepts(shape, "Number")) {
    // "@channel" stays a name.
    return /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  }
  if (accepts(shape, "Boolean")) return flagOf(value);
  const structured = hasObject(shape);
  if (!structured) return value;
  try {
    const parsed = parseJson(value);
    return typeof parsed === "object" && parsed !== null ? parsed : value;
  } catch {
    return value;
  }
}

/** The Bot API reads null as absent, however deep. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value) || value instanceof Upload) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, withoutNulls(inner)]),
  );
}

function flagOf(value: string): unknown {
  if (/^(true|yes|1)$/i.test(value)) return true;
  return /^(false|no|0|)$/i.test(value) ? false : value;
}

function accepts(shape: Shape, name: "Number" | "Boolean"): boolean {
  if (shape.kind === "union") return shape.of.some((part) => accepts(part, name));
  if (shape.kind === "name") return shape.name === name;
  const { value } = shape.kind === "literal" ? shape : { value: "" };
  return name === "Number" ? typeof value === "number" : typeof value === "boolean";
}

/** Whether a value of this shape may be written in JSON: an array or an object of the table. */
function hasObject(shape: Shape): boolean {
  if (shape.kind === "array") return true;
  if (shape.kind === "union") return shape.of.some(hasObject);
  return shape.kind === "name" && !["String", "InputFile"].includes(shape.name);
}
