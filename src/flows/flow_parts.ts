/** What a flow does and says beside its chart. Everything that is made of flows is derived from it. */
import type { FlightResult } from "../../machines/picture.ts";
import type { Flow } from "../../machines/flow/flow.ts";
import type { FlowWords, WordsOf } from "../locales/flow_words.ts";
import type { Locale } from "../locales/locales.ts";
import type { Projection } from "../projections/projection.ts";
import type { Readers } from "../projections/readers.ts";
import type { Answerer } from "../runtime/answerer.ts";
import type { Migration } from "../store/migrate.ts";
import type { KeptPhoto } from "../store/photos.ts";
import type { FindOffers } from "../telegram/inline.ts";
import type { ReadOnlyTaps } from "../telegram/read_only.ts";
import type { Renderer } from "../telegram/renderer.ts";

/** One flow; it has whichever of these parts it needs. */
export interface FlowParts {
  readonly flow: Flow;
  /** In each language: words for every key of the flow, and whatever else it says. */
  readonly words: Readonly<Record<Locale, FlowWords>>;
  readonly asks?: (kit: AskKit) => readonly Answerer<Asker>[];
  readonly jobs?: (kit: JobKit) => readonly Answerer<Job>[];
  /** How its effects are shown. */
  readonly renderers?: (kit: RenderKit) => readonly Renderer[];
  /** Taps that are answered beside the dialogue. */
  readonly readOnlyTaps?: (kit: RenderKit) => ReadOnlyTaps;
  /** What it offers to a person who types the bot's name in any chat; one flow does. */
  readonly offers?: (kit: OfferKit) => FindOffers;
  /** Where the pictures of a product are; one flow knows. */
  readonly pictureUrls?: (kit: PictureUrlKit) => PictureUrls;
  readonly projections?: readonly Projection[];
  readonly migrations?: readonly Migration[];
}

/** Who asks. */
export interface Asker {
  person: string;
  stream: string;
}

/** What answers asks may be made of; nothing here writes. */
export interface AskKit {
  read: Readers;
  /** Whether they may issue cards right now. */
  isMaker(asker: Asker): Promise<boolean>;
  /** Seals a text with a person's key. */
  seal(person: string, text: string): Promise<string>;
  /** A person's own words in the clear, sealed or not; null where the key of some is gone. */
  open<Words extends Readonly<Record<string, string | null>>>(
    person: string,
    words: Words,
  ): Promise<Words | null>;
  /** A person's names, sealed with their key; null where nothing is known. */
  sealedNames(person: string): Promise<string | null>;
  /** A uuid v7. */
  newId(): string;
}

/** Until when a job may work. */
export interface Job {
  signal: AbortSignal;
}

/** What jobs may be done with. */
export interface JobKit {
  /** A file's bytes, or why they cannot be had; throws where another try may succeed. */
  download(
    file_id: string,
    signal: AbortSignal,
  ): Promise<Uint8Array | { refused: "too_big" | "unavailable" | "out_of_reach" }>;
  keepPhoto(photo: KeptPhoto): Promise<void>;
  /**
   * A picture from the web, or why there is none; answers within `patience_ms`, and what is late is
   * fetched all the same.
   */
  fetchPicture(url: string, patience_ms: number): Promise<FlightResult>;
  pictureUrls: PictureUrls;
}

/** What tells where pictures are may be made of. */
export interface PictureUrlKit {
  read: Readers;
}

/**
 * The URLs of these pictures of a product, by their index; those that are not there are left out. A
 * URL can hold a secret: facts and effects name product and index, and a job alone reads this.
 */
export type PictureUrls = (
  product: string,
  indexes: readonly number[],
) => Promise<ReadonlyMap<number, string>>;

/** What renderers may be made of. */
export interface RenderKit {
  read: Readers;
  /** An IANA name: where days begin. */
  time_zone: string;
  /** In ms; in a replay, the time of the fact that led here. */
  now(): number;
  /** What a projection decided about a fact that this process appended lately. */
  assigned(fact: string): unknown;
}

/** What offers for any chat may be made of. */
export interface OfferKit {
  read: Readers;
  /** The bot whose names for photos are told. */
  bot: number;
}

/** Defines what a flow does and says: a key of its chart without words in a language does not fit. */
export const defineParts = <F extends Flow>(
  flow: F,
  parts: Omit<FlowParts, "flow"> & { readonly words: Readonly<Record<Locale, WordsOf<F>>> },
): FlowParts => ({ ...parts, flow });
