import { assertEquals } from "@std/assert";
import { openPollState } from "../../src/app/poll_state.ts";

/** A state on a clock and a lease that are moved by hand. */
function given() {
  const at = { now: 1_000, polls: true, answered: false };
  const told: number[] = [];
  const state = openPollState({
    mayPoll: () => Promise.resolve(at.polls),
    answered: () => void told.push(at.now),
    wasAnswered: () => Promise.resolve(at.answered),
  }, () => at.now);
  return { at, told, state };
}

Deno.test("poll that has begun is not yet answered", async () => {
  const { at, told, state } = given();
  await state.mayPoll();
  assertEquals(state.polled_at(), null);
  at.now = 2_000;
  state.onAnswer();
  assertEquals([state.polled_at(), told], [2_000, [2_000]]);
});

Deno.test("process that does not poll is well while another's polls are answered", async () => {
  const { at, state } = given();
  at.polls = false;
  await state.mayPoll();
  assertEquals(state.polled_at(), null);
  at.answered = true;
  await state.mayPoll();
  assertEquals(state.polled_at(), 1_000);
});

Deno.test("conflict lasts on between its refusals, and ends where our own process polls", async () => {
  const { at, state } = given();
  state.onConflict();
  at.now += 29_000;
  state.onAnswer();
  assertEquals(state.is_contested(), true);
  at.now += 1_000;
  assertEquals(state.is_contested(), false);
  state.onConflict();
  at.polls = false;
  await state.mayPoll();
  assertEquals(state.is_contested(), false);
});
