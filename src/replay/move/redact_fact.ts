/** A fact in which stand-ins take the place of what its schema marks as personal or secret. */
import { Envelope } from "../../../events/envelope.ts";
import type { FactDefinition } from "../../../events/fact.ts";
import { facts } from "../../../events/facts.ts";
import { type StandIn, type StandInRule, standInRule } from "../../../events/sensitive.ts";
import type { Json } from "../../base/json.ts";
import type { StandIns } from "./stand_ins.ts";

/** The fact with stand-ins; `seen` learns what stands for what. */
export function redactFact<Told extends Json & { readonly type: string }>(
  fact: Told,
  standIns: StandIns,
  seen: Map<string, string>,
  definitions: ReadonlyMap<string, FactDefinition> = facts,
): Told {
  const definition = definitions.get(fact.type);
  const rule = definition ? standInRule(definition.schema) : "text";
  const remember = (original: string, standIn: string) => {
    seen.set(original, standIn);
    return standIn;
  };
  // Same fields, same kinds of values: the schema is asked again when it is folded.
  return redact(fact, rule, standIns, remember) as Told;
}

/** The envelope with stand-ins: what a new field of it holds is replaced, unless that is decided. */
export function redactEnvelope(envelope: Envelope | null, standIns: StandIns): Envelope | null {
  if (envelope === null) return null;
  const plain: Json = JSON.parse(JSON.stringify(envelope));
  return redact(plain, standInRule(Envelope), standIns, (_, standIn) => standIn) as Envelope;
}

function redact(
  value: Json,
  rule: StandInRule,
  standIns: StandIns,
  remember: (original: string, standIn: string) => string,
): Json {
  if (rule === "keep" || rule === "state" || value === null) return value;
  if (rule === "number" && typeof value === "number") return Number(standIns.number(`${value}`));
  if (typeof value === "string") {
    if (rule === "word" && /^[a-z_]{1,40}$/.test(value)) return value;
    return remember(value, standInOf(typeof rule === "string" ? rule : "text", value, standIns));
  }
  if (Array.isArray(value)) return value.map((it) => redact(it, rule, standIns, remember));
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => [
      name,
      redact(it, typeof rule === "string" ? rule : rule[name] ?? "text", standIns, remember),
    ]),
  );
}

function standInOf(rule: StandIn, value: string, standIns: StandIns): string {
  switch (rule) {
    case "uuid":
      return standIns.uuid(value);
    case "code":
      return standIns.code(value);
    case "sha256":
      return standIns.sha256(value);
    case "token":
      return `s1.${standIns.sha256(value)}`;
    default:
      return standIns.text(value);
  }
}
