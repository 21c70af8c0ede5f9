/** Updates that mean harm, by chance: of every kind, spoilt in some places, and what is none at all. */
import type { Chance } from "./chance.ts";
import { hostile_others, hostile_texts, megabyte, nested, no_updates } from "./hostile_values.ts";
import {
  at,
  pathsOf,
  personOf,
  privateChatOf,
  type Sample,
  samplesOf,
  type Speaker,
  update_kinds,
  withAt,
} from "../emulator/sample_updates.ts";

/** What the bot asks for comes more often than what it never hears of. */
const heard_kinds = ["message", "edited_message", "callback_query", "inline_query"] as const;
const HEARD = 0.8;

/** What leads into the dialogues, so that harm is done in the middle of them too. */
const words = [
  ...["/start", "/admin", "/help", "/language", "/cancel", "/start v_7K3M-9QXA-B2C4-D5E6-FGH"],
  ...[
    "/start c_1",
    "/start m_secret",
    "7K3M 9QXA B2C4 D5E6 FGHJ",
    "1:issue",
    "1:stats",
    "1:look:1",
  ],
  ...["1:skip", "1:cancel", "1:page:1:a", "1:publish:1"],
] as const;

const samples = new Map<string, readonly Sample[]>();

function samplesFor(kind: string, speaker: Speaker): readonly Sample[] {
  const known = samples.get(kind) ?? samplesOf(kind, speaker);
  samples.set(kind, known);
  return known;
}

/** One such update, or something that is none, of somebody among `speakers`. */
export function hostileUpdate(
  chance: Chance,
  speakers: readonly [Speaker, ...Speaker[]],
): unknown {
  const roll = chance.between(0, 1);
  if (roll < 0.02) return chance.pick(no_updates);
  if (roll < 0.03) {
    return { [chance.pick(hostile_texts).slice(0, 20)]: chance.pick(hostile_others) };
  }
  const kind = roll < HEARD
    ? chance.pick(heard_kinds)
    : update_kinds[Math.floor(chance.between(0, update_kinds.length))] ?? "message";
  const all = samplesFor(kind, speakers[0]);
  const sample = all[Math.floor(chance.between(0, all.length))];
  let update: unknown = spokenBy(sample?.update ?? {}, kind, chance.pick(speakers));
  const spoilt = Math.floor(chance.between(0, 4));
  for (let i = 0; i < spoilt; i++) update = spoil(update, chance);
  return update;
}

/** The same by somebody else, in their own chat. */
function spokenBy(update: unknown, kind: string, speaker: Speaker): unknown {
  const put = [["from", personOf(speaker)], ["chat", privateChatOf(speaker)]] as const;
  return put.reduce(
    (spoken, [field, value]) =>
      at(spoken, [kind, field]) === undefined ? spoken : withAt(spoken, [kind, field], value),
    update,
  );
}

/** Another value in one place, mostly in one that stands near the beginning. */
function spoil(update: unknown, chance: Chance): unknown {
  const places = pathsOf(update, (leaf) => typeof leaf !== "object").filter(({ length }) =>
    length > 1 && length <= chance.between(2, 6)
  );
  const place = places[Math.floor(chance.between(0, places.length))];
  return place ? withAt(update, place, hostileValue(chance)) : update;
}

function hostileValue(chance: Chance): unknown {
  const roll = chance.between(0, 1);
  if (roll < 0.25) return chance.pick(words);
  if (roll < 0.75) return chance.pick(hostile_texts);
  if (roll < 0.98) return chance.pick(hostile_others);
  return roll < 0.998 ? nested(500) : megabyte;
}
