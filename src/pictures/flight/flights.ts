/** The owner of all flights: one actor a URL, however many wait for it. */
import { type ActorRefFrom, createActor } from "xstate";
import type { FlightResult, KeptPicture, Refusal } from "../../../machines/picture.ts";
import { describe, logOf } from "../../base/log.ts";
import type { FlightMachine } from "./flight_machine.ts";
import { refuse } from "../net/refuse.ts";

interface InFlight {
  actor: ActorRefFrom<FlightMachine>;
  result: Promise<FlightResult>;
  waiting: number;
}

const log = logOf("pictures");

export class Flights {
  readonly #machine: FlightMachine;
  readonly #onResult: (url: string, ticket: number, result: FlightResult) => void;
  readonly #inFlight = new Map<string, InFlight>();
  #tickets = 0;

  /** `onResult` is called once for every flight, before anybody hears of it. */
  constructor(
    machine: FlightMachine,
    onResult: (url: string, ticket: number, result: FlightResult) => void,
  ) {
    this.#machine = machine;
    this.#onResult = onResult;
  }

  has(url: string): boolean {
    return this.#inFlight.has(url);
  }

  /** Waits for the flight of `url`, or until `signal` aborts; nobody left ends the flight. */
  async join(url: string, kept: KeptPicture | null, signal?: AbortSignal): Promise<FlightResult> {
    if (signal?.aborted) return abandoned;
    const flight = this.#inFlight.get(url) ?? this.#depart(url, kept);
    flight.waiting += 1;
    if (!signal) return await flight.result;
    const { promise: left, resolve: leave } = Promise.withResolvers<FlightResult>();
    const giveUp = () => {
      leave(abandoned);
      flight.waiting -= 1;
      if (flight.waiting === 0) flight.actor.send({ type: "Abandoned", refusal: abandoned });
    };
    signal.addEventListener("abort", giveUp, { once: true });
    try {
      return await Promise.race([flight.result, left]);
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  /** Ends every flight with this refusal. */
  end(refusal: Refusal): void {
    for (const { actor } of [...this.#inFlight.values()]) {
      actor.send({ type: "Abandoned", refusal });
    }
  }

  #depart(url: string, kept: KeptPicture | null): InFlight {
    const ticket = this.#tickets++;
    const { promise: result, resolve } = Promise.withResolvers<FlightResult>();
    const finish = (outcome: FlightResult) => {
      this.#inFlight.delete(url);
      this.#onResult(url, ticket, outcome);
      resolve(outcome);
    };
    const actor = createActor(this.#machine, { input: { url, ticket, kept } });
    actor.subscribe({
      complete: () => finish(actor.getSnapshot().output ?? defect),
      error: (error) => {
        log.error("A flight broke: {error}", { error: describe(error) });
        finish(defect);
      },
    });
    const flight = { actor, result, waiting: 0 };
    this.#inFlight.set(url, flight);
    actor.start();
    return flight;
  }
}

const abandoned = refuse("abandoned", "Nobody waits for it any more.");
const defect = refuse("defect", "It failed unexpectedly.");
