/** The rest of the program as rendering sees it, kept in memory. */
import type {
  CardLine,
  Names,
  Rights,
  ScanLine,
  ShownCard,
  ShownHistory,
  ShownMaker,
  ShownPage,
  ShownScan,
  ShownStats,
  SlotMessage,
  Sources,
  Viewer,
  Welcome,
} from "../../src/telegram/sources.ts";

export const MAKER = "0191e2f0-0000-4000-8000-00000000000a";
export const CARD = "0191e2f0-0000-7000-8000-00000000000c";
export const FACT = "0191e2f0-0000-7000-8000-0000000000fa";
export const CODE = "7F3K9QZX2M0A8VBWN1H4";

/** What a test puts into the world before it looks at what is sent. */
export interface Shelf {
  sources: Sources;
  viewers: Map<string, Viewer>;
  /** Nobody's unless put there. */
  rights: Map<string, Rights>;
  makers: ShownMaker[];
  welcomes: Map<string, Welcome>;
  cards: Map<string, ShownCard>;
  scans: Map<string, ShownScan>;
  names: Map<string, Names>;
  photos: Map<string, Uint8Array>;
  fileIds: Map<string, string>;
  slots: SlotMessage[];
  pages: { active: ShownPage; withdrawn: ShownPage };
  stats: ShownStats;
  history: ShownHistory;
  cardLines: CardLine[];
  scanLines: ScanLine[];
}

/** A card with one photo, `sea`, that nobody has checked. */
export const aCard = (change: Partial<ShownCard> = {}): ShownCard => ({
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
  ...{ corrected_at: null, batch: null, edition: null, editions: null },
  ...change,
});

/** The only check of a card so far. */
export const aScan = (change: Partial<ShownScan> = {}): ShownScan => ({
  number: 1,
  people: 1,
  first_at: Date.UTC(2026, 10, 20, 14, 5),
  active: true,
  reason: null,
  ...change,
});

export const emptyPage: ShownPage = { cards: [], page: 0, pages: 1, active: 0, withdrawn: 0 };

const noStats: ShownStats = {
  cards: 0,
  active: 0,
  checks: 0,
  people: 0,
  today: 0,
  last_7_days: 0,
  top: [],
};

async function* onePage<Line>(lines: readonly Line[]) {
  yield await Promise.resolve(lines);
}

/** A world with one card; pictures are what `draw` makes of their names. */
export function openShelf(draw: (name: string) => Promise<Uint8Array>): Shelf {
  const shelf: Omit<Shelf, "sources"> = {
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
    ...{ cardLines: [], scanLines: [] },
  };
  const found = <Value>(value: Value | undefined) => Promise.resolve(value ?? null);
  const sources: Sources = {
    viewer: (stream) => found(shelf.viewers.get(stream)),
    rights: (stream) => Promise.resolve(shelf.rights.get(stream) ?? { admin: false, owner: false }),
    card: (card) => found(shelf.cards.get(card)),
    cardByNumber: (number) =>
      found([...shelf.cards.values()].find((card) => card.number === number)),
    scan: (fact) => found(shelf.scans.get(fact)),
    gallery: (_maker, _page, active) =>
      Promise.resolve(active ? all.pages.active : all.pages.withdrawn),
    stats: () => Promise.resolve(all.stats),
    makers: () => Promise.resolve(all.makers),
    maker: (maker) => found(all.makers.find((known) => known.maker === maker)),
    welcome: (fact) => found(shelf.welcomes.get(fact)),
    unseal: (_person, token) => Promise.resolve(token.replace("sealed:", "")),
    namesOf: (person) => found(shelf.names.get(person)),
    slot: (stream, slot) =>
      Promise.resolve(all.slots.filter((kept) => kept.stream === stream && kept.slot === slot)),
    photo: (sha256) => found(shelf.photos.get(sha256)),
    fileId: (sha256) => found(shelf.fileIds.get(sha256)),
    keepFileId: (sha256, file_id) => Promise.resolve(void shelf.fileIds.set(sha256, file_id)),
    dropFileId: (sha256) => Promise.resolve(void shelf.fileIds.delete(sha256)),
    drawQr: draw,
    drawDays: (days) => draw(JSON.stringify(days)),
    drawLabels: (labels) => Promise.resolve(new TextEncoder().encode(JSON.stringify(labels))),
    ofBatch: (batch) =>
      Promise.resolve([...shelf.cards.values()].filter((card) => card.batch === batch)),
    history: () => Promise.resolve(all.history),
    cardLines: () => onePage(all.cardLines),
    scanLines: () => onePage(all.scanLines),
  };
  const all: Shelf = { ...shelf, sources };
  return all;
}
