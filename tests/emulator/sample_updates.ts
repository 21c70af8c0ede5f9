/** Updates of every kind that the Bot API knows, each with one more of its fields than it must have. */
import {
  type Field,
  type Fields,
  type Shape,
  types,
} from "../../src/emulator/schema/field_table.ts";

/** Whose updates they are. */
export interface Speaker {
  id: number;
  first_name: string;
}

/** The names under which updates carry something. */
export const update_kinds: readonly string[] = [...fieldsOf("Update").keys()]
  .filter((name) => name !== "update_id");

/** How deep fields that may be missing are there. */
const DEPTH = 2;

/** An update without its id, and where in it the field stands for whose sake it was made. */
export interface Sample {
  update: Record<string, unknown>;
  about: Path;
}

/** Updates of this kind: once with what must be there, and once with each field beside that. */
export function samplesOf(kind: string, speaker: Speaker): Sample[] {
  const shape = fieldsOf("Update").get(kind)?.shape;
  const fields = shape?.kind === "name" ? fieldsOf(shape.name) : new Map<string, Field>();
  const bare = Object.fromEntries(
    [...fields].filter(([, { required }]) => required)
      .map(([name, { shape }]) => [name, sampleOf(shape, speaker, 1)]),
  );
  const from = fields.has("from") ? { from: personOf(speaker) } : {};
  const more = [...fields].map(([name, { shape }]) => ({
    update: { [kind]: { ...bare, ...from, [name]: sampleOf(shape, speaker, DEPTH) } },
    about: [kind, name],
  }));
  return [{ update: { [kind]: { ...bare, ...from } }, about: [kind] }, ...more];
}

function fieldsOf(type: string): Fields {
  const known = types.get(type);
  return known instanceof Map ? known : new Map();
}

/** As messages tell of them. */
export const personOf = ({ id, first_name }: Speaker) => ({
  ...{ id, is_bot: false, first_name, last_name: "Ветров", username: "boris", language_code: "ru" },
});

/** Their chat with the bot. */
export const privateChatOf = ({ id, first_name }: Speaker) => ({ id, type: "private", first_name });

function sampleOf(shape: Shape, speaker: Speaker, depth: number): unknown {
  switch (shape.kind) {
    case "literal":
      return shape.value;
    case "array":
      return depth > 0 ? [sampleOf(shape.of, speaker, depth)] : [];
    case "union":
      return shape.of[0] ? sampleOf(shape.of[0], speaker, depth) : null;
    case "name":
      return namedOf(shape.name, speaker, depth);
  }
}

function namedOf(name: string, speaker: Speaker, depth: number): unknown {
  if (name === "String") return "слово";
  if (name === "Number") return 1;
  if (name === "Boolean") return true;
  if (name === "User") return personOf(speaker);
  if (name === "Chat") return privateChatOf(speaker);
  const known = types.get(name);
  if (known === undefined) return null;
  if (!(known instanceof Map)) return sampleOf(known as Shape, speaker, depth);
  if (depth < -DEPTH) return {};
  return Object.fromEntries(
    [...known].filter(([, { required }]) => required || depth > 0)
      .map(([field, { shape }]) => [field, sampleOf(shape, speaker, depth - 1)]),
  );
}

/** Where a value stands: the names and numbers on the way to it. */
export type Path = readonly (string | number)[];

/** Every place in a value that holds something of this make. */
export function pathsOf(value: unknown, is: (leaf: unknown) => boolean, path: Path = []): Path[] {
  const own = is(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return own;
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [...own, ...entries.flatMap(([key, one]) => pathsOf(one, is, [...path, key]))];
}

/** What stands in a place. */
export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, key) => (inside as Record<string | number, unknown> | undefined)?.[key],
    value,
  );
}

/** The places of such leaves in what a sample is about. */
export const placesOf = ({ update, about }: Sample, is: (leaf: unknown) => boolean): Path[] =>
  pathsOf(at(update, about), is, about);

/** The same value with another one in a place. */
export function withAt(value: unknown, path: Path, put: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return put;
  if (Array.isArray(value)) {
    return value.map((one, i) => i === key ? withAt(one, rest, put) : one);
  }
  const record: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  record[key] = withAt(record[key], rest, put);
  return record;
}
