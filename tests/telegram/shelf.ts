/** The rest of the program as showing sees it, kept in memory. */
import type { Names } from "../../src/base/names.ts";
import type { Rights } from "../../machines/flow/input_context.ts";
import type { Card, Cards, Scan } from "../../src/flows/issue_card/cards.ts";
import postgres from "postgres";
import { openShowing, type Showing } from "../../src/app/showing.ts";
import {
  type CardHistories,
  type CardHistory,
  openCardHistories,
} from "../../src/flows/card_history/read_model.ts";
import { openTables, type Tables } from "../../src/flows/export_cards/tables.ts";
import type { RenderKit } from "../../src/flows/flow_parts.ts";
import { openCards } from "../../src/flows/issue_card/read_model.ts";
import {
  type Maker,
  type Makers,
  openMakers,
  type Welcome,
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

/** What a test puts into the world before it looks at what is sent. */
export interface Shelf {
  sources: Sources;
  files: PhotoFiles;
  kit: RenderKit;
  viewers: Map<string, Viewer>;
  /** Nobody's unless put there. */
  rights: Map<string, Rights>;
  makers: Maker[];
  welcomes: Map<string, Welcome>;
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
  ...{ first_at: null, corrected_at: null, batch: null, edition: null, editions: null },
  ...change,
});

/** The only check of a card so far. */
export const aScan = (change: Partial<Scan> = {}): Scan => ({
  number: 1,
  people: 1,
  first_at: Date.UTC(2026, 10, 20, 14, 5),
  active: true,
  reason: null,
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
export function openShelf(): Shelf {
  const shelf = {
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
    },
    counts: { read: () => Promise.resolve(all.stats) },
  };
  const all: Shelf = {
    ...shelf,
    sources: sourcesOf(() => all),
    files: filesOf(shelf),
    kit: {
      read: readersOf(() => all),
      time_zone: "UTC",
      now: Date.now,
      assigned: () => undefined,
    },
  };
  return all;
}

function sourcesOf(shelf: () => Shelf): Sources {
  return {
    viewer: (stream) => found(shelf().viewers.get(stream)),
    rights: (stream) =>
      Promise.resolve(shelf().rights.get(stream) ?? { admin: false, owner: false }),
    unseal: (_person, token) => Promise.resolve(token.replace("sealed:", "")),
    namesOf: (person) => found(shelf().names.get(person)),
    slot: (stream, slot) =>
      Promise.resolve(shelf().slots.filter((kept) => kept.stream === stream && kept.slot === slot)),
  };
}

function filesOf({ photos, fileIds }: Pick<Shelf, "photos" | "fileIds">): PhotoFiles {
  return {
    photo: (sha256) => found(photos.get(sha256)),
    fileId: (sha256) => found(fileIds.get(sha256)),
    keepFileId: (sha256, file_id) => Promise.resolve(void fileIds.set(sha256, file_id)),
    dropFileId: (sha256) => Promise.resolve(void fileIds.delete(sha256)),
  };
}

/** Readers of what lies on the shelf; any other fails where it is used. */
function readersOf(shelf: () => Shelf): Readers {
  const cards: Pick<Cards, "byId" | "byNumber" | "ofBatch" | "scan"> = {
    byId: (card) => found(shelf().cards.get(card)),
    byNumber: (number) => found([...shelf().cards.values()].find((it) => it.number === number)),
    ofBatch: (batch) =>
      Promise.resolve([...shelf().cards.values()].filter((card) => card.batch === batch)),
    scan: (fact) => found(shelf().scans.get(fact)),
  };
  const makers: Pick<Makers, "list" | "find" | "welcome"> = {
    list: () => Promise.resolve(shelf().makers),
    find: (maker) => found(shelf().makers.find((known) => known.maker === maker)),
    welcome: (fact) => found(shelf().welcomes.get(fact)),
  };
  const galleries: Galleries = { page: (...of) => shelf().galleries.page(...of) };
  const stats: StatsQueries = { read: (...of) => shelf().counts.read(...of) };
  const histories: CardHistories = {
    read: () => Promise.resolve(shelf().history),
  };
  return openReaders(
    // Connects to nobody before it is asked, and nobody asks: what is read lies on the shelf.
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

/** How everything on the shelf is shown, for whoever is known and for others in `fallback`. */
export function showingOf(shelf: Shelf, username: string, fallback: Locale): Showing {
  const { kit, sources } = shelf;
  return openShowing({ ...{ kit, sources, username, fallback }, inline: true });
}
