/** The owner of all flights: one actor a URL, however many wait for it. */
import { type ActorRefFrom, createActor } from "xstate";
import type { KeptPicture, Landing, Refusal } from "../../../machines/picture.ts";
import { describe, logOf } from "../../base/log.ts";
import type { FlightMachine } from "./flight_machine.ts";
import { refuse } from "../net/refuse.ts";

interface InFlight {
  actor: ActorRefFrom<FlightMachine>;
  landing: Promise<Landing>;
  waiting: number;
}

const log = logOf("pictures");

export class Flights {
  readonly #machine: FlightMachine;
  readonly #landed: (url: string, ticket: number, landing: Landing) => void;
  readonly #inFlight = new Map<string, InFlight>();
  #tickets = 0;

  /** `landed` is called once for every flight, before anybody hears of it. */
  constructor(
    machine: FlightMachine,
    landed: (url: string, ticket: number, landing: Landing) => void,
  ) {
    this.#machine = machine;
    this.#landed = landed;
  }

  has(url: string): boolean {
    return this.#inFlight.has(url);
  }

  /** Waits for the flight of `url`, or until `signal` aborts; nobody left ends the flight. */
  async join(url: string, kept: KeptPicture | null, signal?: AbortSignal): Promise<Landing> {
    if (signal?.aborted) return abandoned;
    const flight = this.#inFlight.get(url) ?? this.#depart(url, kept);
    flight.waiting += 1;
    if (!signal) return await flight.landing;
    const { promise: left, resolve: leave } = Promise.withResolvers<Landing>();
    const giveUp = () => {
      leave(abandoned);
      flight.waiting -= 1;
      if (flight.waiting === 0) flight.actor.send({ type: "Abandoned", refusal: abandoned });
    };
    signal.addEventListener("abort", giveUp, { once: true });
    try {
      return await Promise.race([flight.landing, left]);
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
    const { promise: landing, resolve } = Promise.withResolvers<Landing>();
    const land = (outcome: Landing) => {
      this.#inFlight.delete(url);
      this.#landed(url, ticket, outcome);
      resolve(outcome);
    };
    const actor = createActor(this.#machine, { input: { url, ticket, kept } });
    actor.subscribe({
      complete: () => land(actor.getSnapshot().output ?? defect),
      error: (error) => {
        log.error("A flight broke: {error}", { error: describe(error) });
        land(defect);
      },
    });
    const flight = { actor, landing, waiting: 0 };
    this.#inFlight.set(url, flight);
    actor.start();
    return flight;
  }
}

const abandoned = refuse("abandoned", "Nobody waits for it any more.");
const defect = refuse("defect", "It failed unexpectedly.");
