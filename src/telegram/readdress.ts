/** Where a task speaks from now on, since Telegram refused the place. */
import type { Address } from "./destination.ts";
import { type Misplacement, type SpeakingStep, speaks } from "./misplacement.ts";
import type { Work } from "./progress.ts";
import type { Groups, Logger } from "./sources.ts";
import type { Step } from "./step.ts";

/** What it takes to find another place. */
export interface Places {
  groups: Pick<Groups, "moved">;
  /** The chat with the person of this dialogue alone; null for a chat that speaks for itself. */
  privateChatOf(stream: string): Promise<number | null>;
}

/** Of a task, as much as another place is found by. */
interface MisplacedTask {
  effect: string;
  stream: string;
}

/** A refused step of a task, and why. */
export interface Misplaced {
  task: MisplacedTask;
  work: Work;
  step: SpeakingStep;
  why: Misplacement;
  /** Fit for a log. */
  words: string;
}

/**
 * The step is to be taken again: where the group went, in the chat without its topic, or in private,
 * after `sayHere`; where there is no private chat either, it is given up.
 */
export async function readdress(
  { groups, privateChatOf, sayHere, log }: Places & {
    sayHere(task: MisplacedTask): Promise<readonly Step[]>;
    log: Logger;
  },
  { task, work, step: { chat }, why, words }: Misplaced,
): Promise<void> {
  log.info("{effect} is said elsewhere: {words}", { effect: task.effect, words });
  // What stands in a topic is not to be answered from outside of it.
  const { thread }: Address = why.is === "no reply" ? work.address : {};
  work.address = thread === undefined ? {} : { thread };
  if (why.is === "no reply" || why.is === "no topic") return;
  if (why.is === "moved" && why.now !== null && why.now !== chat) {
    await groups.moved(chat, why.now);
    moveSteps(work, chat, why.now);
    return;
  }
  const own = await privateChatOf(task.stream);
  if (own === null || own === chat) {
    work.refused.push(words);
    work.done++;
    return;
  }
  const here = await sayHere(task);
  work.steps.splice(work.done, 0, ...here);
  moveSteps(work, chat, own);
}

/** What is still to be said in a chat is said in another one; what is to be changed there stays. */
function moveSteps({ steps, done }: Work, from: number, to: number): void {
  for (let i = done; i < steps.length; i++) {
    const step = steps[i];
    if (step && speaks(step) && step.chat === from) steps[i] = { ...step, chat: to };
  }
}
