/** The Bot API's field table, read once from `bot_api.json` into a form that can be walked. */
import table from "./bot_api.json" with { type: "json" };

/** A type of the table: `name` is `String`, `Number`, … or a type of the table. */
export type Shape =
  | { kind: "name"; name: string }
  | { kind: "literal"; value: string | number | boolean }
  | { kind: "array"; of: Shape }
  | { kind: "union"; of: readonly Shape[] };

/** One field of an object, or one param of a method. */
export interface Field {
  shape: Shape;
  required: boolean;
  /** Bounds of a string, in characters unless `bytes`. */
  length?: { min: number; max: number; bytes: boolean };
}

/** By name. */
export type Fields = ReadonlyMap<string, Field>;

/** One method of the Bot API. */
export interface Method {
  /** As the documentation spells it: callers may write it in any case. */
  name: string;
  returns: Shape;
  fields: Fields;
}

const rawMethods: Record<string, { returns: string; fields: Record<string, string> }> =
  table.methods;
const rawTypes: Record<string, string | Record<string, string>> = table.types;

/** Every method, under its name in lower case. */
export const methods: ReadonlyMap<string, Method> = new Map(
  Object.entries(rawMethods).map(([name, { returns, fields }]) => [
    name.toLowerCase(),
    { name, returns: shapeOf(returns), fields: fieldsOf(fields) },
  ]),
);

/** Every type: an object's fields, or the shape it is another name of. */
export const types: ReadonlyMap<string, Fields | Shape> = new Map(
  Object.entries(rawTypes).map(([name, raw]) => [
    name,
    typeof raw === "string" ? shapeOf(raw) : fieldsOf(raw),
  ]),
);

function fieldsOf(raw: Record<string, string>): Fields {
  return new Map(
    Object.entries(raw).map(([key, value]) => {
      const optional = key.endsWith("?");
      return [optional ? key.slice(0, -1) : key, fieldOf(value, !optional)];
    }),
  );
}

function fieldOf(raw: string, required: boolean): Field {
  const bounds = / \{(\d+)\.\.(\d+)( bytes)?\}$/.exec(raw);
  if (bounds === null) return { shape: shapeOf(raw), required };
  const length = { min: Number(bounds[1]), max: Number(bounds[2]), bytes: bounds[3] !== undefined };
  return { shape: shapeOf(raw.slice(0, bounds.index)), required, length };
}

/** `'a' | (B | C)[]` and the like. */
function shapeOf(raw: string): Shape {
  const tokens = raw.match(/'[^']*'|\[\]|[|()]|\w+/g) ?? [];
  let at = 0;
  const union = (): Shape => {
    const parts = [term()];
    while (tokens[at] === "|") {
      at++;
      parts.push(term());
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "union", of: parts };
  };
  const term = (): Shape => {
    const token = tokens[at++] ?? "";
    let shape: Shape = token === "(" ? union() : atom(token);
    if (token === "(") at++;
    while (tokens[at] === "[]") {
      at++;
      shape = { kind: "array", of: shape };
    }
    return shape;
  };
  return union();
}

function atom(token: string): Shape {
  if (token.startsWith("'")) return { kind: "literal", value: token.slice(1, -1) };
  if (token === "True") return { kind: "literal", value: true };
  if (token === "False") return { kind: "literal", value: false };
  if (/^\d+$/.test(token)) return { kind: "literal", value: Number(token) };
  return { kind: "name", name: token };
}
