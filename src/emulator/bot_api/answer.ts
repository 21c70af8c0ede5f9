/** The methods that answer a person who waits: answerCallbackQuery, answerInlineQuery. */
import type { InlineQueryResult } from "grammy/types";
import type { InlineAnswer } from "../model/inline_ask.ts";
import { isRecord } from "../model/json_value.ts";
import { badRequest, type Refusal } from "../model/refusal.ts";
import { characters } from "../schema/validate.ts";
import type { World } from "../world/world.ts";
import type { Call } from "./call.ts";
import { checkResult } from "./inline_result.ts";

const tap_lifetime_ms = 15 * 60 * 1000;
const inline_lifetime_ms = 30 * 1000;
const results_max = 50;

/** Once only, and not for ever: the phone stops waiting. */
export function answerCallbackQuery(world: World, call: Call): true {
  const text = call.text("text");
  const tap = world.taps.get(call.text("callback_query_id"));
  if (tap === undefined || tap.answered || world.now_ms() - tap.at > tap_lifetime_ms) {
    throw tooOld();
  }
  if (characters(text, 200) > 200) throw badRequest("MESSAGE_TOO_LONG");
  const url = call.text("url");
  // Only into the bot itself, or a game of its own, which nobody has here.
  if (url !== "" && !url.startsWith(`https://t.me/${world.bot.username}?`)) {
    throw badRequest("URL_INVALID");
  }
  tap.answered = true;
  const { person, chat, message_id, id: callback_query_id } = tap;
  if (text !== "" || url !== "") {
    tap.toast = { text, alert: call.flag("show_alert"), ...url !== "" && { url } };
    world.phoneEvents.emit({ name: "toast", person, chat, callback_query_id, ...tap.toast });
  }
  world.phoneEvents.emit({ name: "answered", person, chat, callback_query_id, message_id });
  world.changed();
  return true;
}

export function answerInlineQuery(world: World, call: Call): true {
  const asked = world.inline_queries.get(call.text("inline_query_id"));
  const expired = asked !== undefined && world.now_ms() - asked.at > inline_lifetime_ms;
  if (asked === undefined || asked.answer !== undefined || expired) throw tooOld();
  const results = call.records("results");
  if (results === undefined) throw badRequest('parameter "results" is required');
  if (results.length > results_max) throw badRequest("RESULTS_TOO_MUCH");
  checkIds(results.map(({ id }) => String(id ?? "")));
  for (const result of results) checkResult(world, result);
  const next_offset = call.text("next_offset");
  if (new TextEncoder().encode(next_offset).length > 64) throw badRequest("NEXT_OFFSET_INVALID");
  const { person, chat, id: inline_query_id } = asked;
  const button = call.params.button;
  asked.answer = {
    results: results.filter(isResult),
    next_offset,
    ...isButton(button) && { button },
  };
  world.phoneEvents.emit({
    name: "inline_results",
    person,
    chat,
    inline_query_id,
    ...asked.answer,
  });
  world.changed();
  return true;
}

function checkIds(ids: readonly string[]): void {
  for (const id of ids) {
    const size = new TextEncoder().encode(id).length;
    if (size < 1 || size > 64) throw badRequest("RESULT_ID_INVALID");
  }
  if (new Set(ids).size < ids.length) throw badRequest("RESULT_ID_DUPLICATE");
}

/** Each has been read and refused by then. */
function isResult(result: Record<string, unknown>): result is InlineQueryResult & typeof result {
  return typeof result.id === "string";
}

function isButton(button: unknown): button is NonNullable<InlineAnswer["button"]> {
  return isRecord(button) && typeof button.text === "string";
}

function tooOld(): Refusal {
  return badRequest("query is too old and response timeout expired or query ID is invalid");
}
