/** What somebody asks of the control API: a body, with readers that refuse in sentences. */
import { integerOf, isRecord, parseJson } from "../model/json_value.ts";
import { PersonError } from "../model/person_error.ts";
import { Upload } from "../model/upload.ts";

/** The fields of a JSON body or of a form; files are apart. */
export class ControlBody {
  constructor(
    readonly fields: Readonly<Record<string, unknown>>,
    readonly uploads: readonly Upload[] = [],
  ) {}

  text(name: string): string {
    return this.textIf(name) ?? refuse("a text", name);
  }

  /** undefined when absent. */
  textIf(name: string): string | undefined {
    const value = this.fields[name] ?? undefined;
    if (value === undefined || typeof value === "string") return value;
    return refuse("a text", name);
  }

  integer(name: string): number {
    return this.integerIf(name) ?? refuse("a whole number", name);
  }

  integerIf(name: string): number | undefined {
    const value = this.fields[name] ?? undefined;
    if (value === undefined || value === "") return undefined;
    return integerOf(value) ?? refuse("a whole number", name);
  }

  number(name: string): number {
    const value = Number(this.fields[name] ?? NaN);
    return Number.isFinite(value) ? value : refuse("a number", name);
  }

  flag(name: string): boolean {
    return this.flagIf(name) ?? refuse("true or false", name);
  }

  flagIf(name: string): boolean | undefined {
    const value = this.fields[name] ?? undefined;
    return value === undefined || typeof value === "boolean"
      ? value
      : refuse("true or false", name);
  }

  /** One of the words. */
  word<W extends string>(name: string, words: readonly W[]): W {
    return this.wordIf(name, words) ?? refuse(`one of ${words.join(", ")}`, name);
  }

  wordIf<W extends string>(name: string, words: readonly W[]): W | undefined {
    const value = this.fields[name] ?? undefined;
    if (value === undefined) return undefined;
    return words.find((word) => word === value) ?? refuse(`one of ${words.join(", ")}`, name);
  }

  /** The whole numbers of an array; none when absent. */
  integers(name: string): number[] {
    const value = this.fields[name] ?? [];
    if (!Array.isArray(value)) return refuse("an array", name);
    return value.map((item) => integerOf(item) ?? refuse("whole numbers", name));
  }

  texts(name: string): string[] {
    const value = this.fields[name] ?? [];
    if (!Array.isArray(value)) return refuse("an array", name);
    return value.map((item) => typeof item === "string" ? item : refuse("texts", name));
  }
}

/** Reads a body: JSON, or a form whose files are called `file`. Throws a `PersonError`. */
export async function readControlBody(request: Request): Promise<ControlBody> {
  const type = request.headers.get("content-type") ?? "";
  if (/^multipart\/form-data|^application\/x-www-form-urlencoded/.test(type)) {
    return await readForm(request);
  }
  const text = await request.text();
  try {
    const value: unknown = text.trim() === "" ? {} : parseJson(text);
    if (isRecord(value)) return new ControlBody(value);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new PersonError("Cannot read the request: expected a JSON object, not deeply nested");
}

async function readForm(request: Request): Promise<ControlBody> {
  let form: FormData;
  try {
    form = await request.formData();
  } catch (error) {
    throw new PersonError(`Cannot read the files: ${(error as Error).message}`);
  }
  const fields: Record<string, unknown> = {};
  const uploads: Upload[] = [];
  for (const [name, value] of form) {
    if (typeof value === "string") fields[name] = value;
    else uploads.push(new Upload(await value.bytes(), value.name, value.type));
  }
  return new ControlBody(fields, uploads);
}

function refuse(expected: string, name: string): never {
  throw new PersonError(`Cannot read the request: expected ${expected} as ${name}`);
}
