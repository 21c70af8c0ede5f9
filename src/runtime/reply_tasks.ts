/** What a dialogue is told beside what its chart asks for: words without a fact, answers to taps. */
import type { Place } from "../../events/envelope.ts";
import { kitWords } from "../../machines/flow/kit_words.ts";
import type { Json } from "../base/json.ts";
import type { NewTask } from "../store/append.ts";
import type { Decision } from "./decide.ts";
import type { Incoming } from "./incoming.ts";

/** The reference by which the failure is found, for the person. */
export function apologize(incoming: Incoming, reference: string): NewTask {
  const params = kitWords.say("apology", { reference });
  return sayTask({ ...incoming, effect: `failed:${reference}` }, params);
}

/** Words that no fact led to, in their turn among the dialogue's messages. */
export function sayTask(
  { effect, stream, cause, at, place }: Pick<Incoming, "stream" | "cause" | "at" | "place"> & {
    effect: string;
  },
  params: ReturnType<typeof kitWords.say>,
): NewTask {
  return {
    effect,
    lane: stream,
    kind: "send",
    stream,
    payload: {
      effect: { type: "say", params },
      fact: "",
      ...place && { place: place as Place & Json },
    },
    correlation: cause,
    due_at: at,
  };
}

/** Every tap is answered, with the chart's note where it has one. */
export function answerTap(incoming: Incoming, decision: Decision | null): NewTask[] {
  const { cause, stream, at, query } = incoming;
  const text = decision?.toasts[0] ?? null;
  if (query === null) return [];
  const effect = `${cause}:tap`;
  return [{
    effect,
    lane: effect,
    kind: "send",
    stream,
    payload: { effect: { type: "answerTap", params: { query, text } }, fact: "" },
    correlation: cause,
    due_at: at,
  }];
}
