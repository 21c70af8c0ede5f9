/** Everything that messages are rendered from, faked in memory. */
import type { Names } from "../../src/base/names.ts";
import type { Rights } from "../../machines/flow/input_context.ts";
import type { Card, Cards, Scan } from "../../src/flows/issue_card/cards.ts";
import postgres from "postgres";
import { type MessageRendering, openMessageRendering } from "../../src/app/message_rendering.ts";
import {
  type CardHistories,
  type CardHistory,
  openCardHistories,
} from "../../src/flows/card_history/read_model.ts";
import { openTables, type Tables } from "../../src/flows/export_cards/tables.ts";
import type { RenderKit } from "../../src/flows/flow_parts.ts";
import { openCards } from "../../src/flows/issue_card/read_model.ts";
import {
  type InvitationResult,
  type Maker,
  type Makers,
  openMakers,
} from "../../src/flows/makers/read_model.ts";
import {
  type Galleries,
  type GalleryPage,
  openGalleries,
} from "../../src/flows/own_cards/read_model.ts";
import { openStats, type Stats, type StatsQueries } from "../../src/flows/stats/read_model.ts";
import type { Locale } from "../../src/locales/locales.ts";
import { openReaders, type Readers } from "../../src/projections/readers.ts";
import type { PhotoFiles, SlotMessage, Sources, Viewer } from "../../src/telegram/sources.ts";

export const MAKER = "0191e2f0-0000-4000-8000-00000000000a";
export const CARD = "0191e2f0-0000-7000-8000-00000000000c";
export const FACT = "0191e2f0-0000-7000-8000-0000000000fa";
export const CODE = "7F3K9QZX2M0A8VBWN1H4";

/** What a test puts in place before it looks at what is sent. */
export interface RenderFakes {
  sources: Sources;
  files: PhotoFiles;
  kit: RenderKit;
  viewers: Map<string, Viewer>;
  /** Nobody's unless put there. */
  rights: Map<string, Rights>;
  makers: Maker[];
  welcomes: Map<string, InvitationResult>;
  cards: Map<string, Card>;
  scans: Map<string, Scan>;
  names: Map<string, Names>;
  photos: Map<string, Uint8Array>;
  fileIds: Map<string, string>;
  slots: SlotMessage[];
  pages: { active: GalleryPage; withdrawn: GalleryPage };
  /** Reads `pages`. */
  galleries: Galleries;
  stats: Stats;
  /** Reads `stats`. */
  counts: StatsQueries;
  history: CardHistory;
}

/** A card with one photo, `sea`, that nobody has checked. */
export const aCard = (change: Partial<Card> = {}): Card => ({
  card: CARD,
  number: 17,
  code: CODE,
  name: "Зимнее море",
  description: "Холст, масло",
  original: "sea",
  packaged: null,
  maker: MAKER,
  active: true,
  reason: null,
  checks: 0,
  people: 0,
  issued_at: Date.UTC(2026, 10, 19, 9, 30),
  changed_at: Date.UTC(2026, 10, 19, 9, 30),
  ...{ first_at: null, by_maker: 0, others_first_at: null, corrected_at: null },
  revision: 0,
  published_at: null,
  ...{ batch: null, edition: null, editions: null },
  ...change,
});

/** The only check of a card so far. */
export const aScan = (change: Partial<Scan> = {}): Scan => ({
  number: 1,
  people: 1,
  first_at: Date.UTC(2026, 10, 20, 14, 5),
  active: true,
  reason: null,
  ...{ own: false, by_maker: 0, others_first_at: Date.UTC(2026, 10, 20, 14, 5) },
  ...change,
});

export const emptyPage: GalleryPage = { cards: [], page: 0, pages: 1, active: 0, withdrawn: 0 };

const noStats: Stats = {
  cards: 0,
  active: 0,
  checks: 0,
  people: 0,
  today: 0,
  last_7_days: 0,
  top: [],
};

const noTables: Tables = {
  async *cards() {},
  async *scans() {},
};

const found = <Value>(value: Value | undefined) => Promise.resolve(value ?? null);

/** A world with one card. */
export function openRenderFakes(): RenderFakes {
  const fakes = {
    viewers: new Map(),
    rights: new Map(),
    makers: [],
    welcomes: new Map(),
    cards: new Map([[CARD, aCard()]]),
    scans: new Map([[FACT, aScan()]]),
    names: new Map([[MAKER, { first_name: "Анна", last_name: "Смирнова", username: "anna" }]]),
    photos: new Map(),
    fileIds: new Map(),
    slots: [],
    pages: { active: emptyPage, withdrawn: emptyPage },
    stats: noStats,
    history: { changes: [], days: [{ day: "2026-11-20", checks: 0 }] },
    galleries: {
      page: (_maker: string, _page: number, active: boolean) =>
        Promise.resolve(active ? all.pages.active : all.pages.withdrawn),
      copies: () => Promise.resolve(null),
    },
    counts: { read: () => Promise.resolve(all.stats) },
  };
  const all: RenderFakes = {
    ...fakes,
    sources: sourcesOf(() => all),
    files: filesOf(fakes),
    kit: {
      read: readersOf(() => all),
      time_zone: "UTC",
      now: Date.now,
      assigned: () => undefined,
    },
  };
  return all;
}

function sourcesOf(fakes: () => RenderFakes): Sources {
  return {
    viewer: (stream) => found(fakes().viewers.get(stream)),
    rights: (stream) =>
      Promise.resolve(fakes().rights.get(stream) ?? { admin: false, owner: false }),
    unseal: (_person, token) => Promise.resolve(token.replace("sealed:", "")),
    namesOf: (person) => found(fakes().names.get(person)),
    slot: (stream, slot) =>
      Promise.resolve(fakes().slots.filter((kept) => kept.stream === stream && kept.slot === slot)),
  };
}

function filesOf({ photos, fileIds }: Pick<RenderFakes, "photos" | "fileIds">): PhotoFiles {
  return {
    photo: (sha256) => found(photos.get(sha256)),
    fileId: (sha256) => found(fileIds.get(sha256)),
    keepFileId: (sha256, file_id) => Promise.resolve(void fileIds.set(sha256, file_id)),
    dropFileId: (sha256) => Promise.resolve(void fileIds.delete(sha256)),
  };
}

/** Readers of what the fakes hold; any other fails where it is used. */
function readersOf(fakes: () => RenderFakes): Readers {
  const cards: Pick<Cards, "byId" | "asOf" | "byNumber" | "ofBatch" | "isCheckedBy" | "scan"> = {
    byId: (card) => found(fakes().cards.get(card)),
    asOf: (card) => found(fakes().cards.get(card)),
    byNumber: (number) => found([...fakes().cards.values()].find((it) => it.number === number)),
    ofBatch: (batch) =>
      Promise.resolve([...fakes().cards.values()].filter((card) => card.batch === batch)),
    isCheckedBy: () => Promise.resolve(true),
    scan: (fact) => found(fakes().scans.get(fact)),
  };
  const makers: Pick<Makers, "page" | "find" | "welcome"> = {
    page: (page) => {
      const { makers } = fakes();
      const [pages, total] = [Math.max(1, Math.ceil(makers.length / 10)), makers.length];
      const shown = makers.slice(10 * page, 10 * (page + 1));
      return Promise.resolve({ makers: shown, page, pages, total });
    },
    find: (maker) => found(fakes().makers.find((known) => known.maker === maker)),
    welcome: (fact) => found(fakes().welcomes.get(fact)),
  };
  const galleries: Galleries = {
    page: (...of) => fakes().galleries.page(...of),
    copies: (...of) => fakes().galleries.copies(...of),
  };
  const stats: StatsQueries = { read: (...of) => fakes().counts.read(...of) };
  const histories: CardHistories = {
    read: () => Promise.resolve(fakes().history),
  };
  return openReaders(
    // Connects to nobody before it is asked, and nobody asks: what is read is in memory.
    { sql: postgres("postgres://nobody@127.0.0.1:1/nowhere") },
    new Map<unknown, unknown>([
      [openCards, cards],
      [openMakers, makers],
      [openGalleries, galleries],
      [openStats, stats],
      [openCardHistories, histories],
      [openTables, noTables],
    ]),
  );
}

/** Shows what the fakes hold: to known people in their language, to others in `fallback`. */
export function showingOf(
  fakes: RenderFakes,
  username: string,
  fallback: Locale,
): MessageRendering {
  const { kit, sources } = fakes;
  return openMessageRendering({ ...{ kit, sources, username, fallback }, inline: true });
}
