/** What each caption of each flow is told, as rendering tells it. */
import type { words as cardHistory } from "../../src/flows/card_history/words.ts";
import type { words as exportCards } from "../../src/flows/export_cards/words.ts";
import type { words as issueBatch } from "../../src/flows/issue_batch/words.ts";
import type { words as issueCard } from "../../src/flows/issue_card/words.ts";
import type { words as makers } from "../../src/flows/makers/words.ts";
import type { words as ownCards } from "../../src/flows/own_cards/words.ts";
import type { words as printLabels } from "../../src/flows/print_labels/words.ts";
import type { words as searchCards } from "../../src/flows/search_cards/words.ts";
import type { words as shareCard } from "../../src/flows/share_card/words.ts";
import type { words as stats } from "../../src/flows/stats/words.ts";
import type { words as verifyCard } from "../../src/flows/verify_card/words.ts";

/** One set of values for each caption; null for those that take none. */
type SamplesOf<Words extends { ru: { captions: Captions } }> = {
  [Key in keyof Words["ru"]["captions"]]: Parameters<Words["ru"]["captions"][Key]> extends
    [infer Values] ? Values : null;
};
type Captions = Readonly<Record<string, (values: never) => string>>;

const edition = { edition: 3, editions: 24 };
const face = {
  ...{ number: 7, name: "Море", description: "Холст, масло" },
  ...{ edition, corrected: "21 ноября" },
};
const counts = { checks: 21, people: 5, by_maker: 2 };
const check = { check: 21, people: 5, first_at: "20 ноября", own: false, by_maker: 2 };

const samples: {
  issue_card: SamplesOf<typeof issueCard>;
  own_cards: SamplesOf<typeof ownCards>;
  verify_card: SamplesOf<typeof verifyCard>;
  share_card: SamplesOf<typeof shareCard>;
  issue_batch: SamplesOf<typeof issueBatch>;
  stats: SamplesOf<typeof stats>;
  makers: SamplesOf<typeof makers>;
  print_labels: SamplesOf<typeof printLabels>;
  export_cards: SamplesOf<typeof exportCards>;
  card_history: SamplesOf<typeof cardHistory>;
  search_cards: SamplesOf<typeof searchCards>;
} = {
  issue_card: {
    issued: face,
    preview: { ...face, copies: 24, maker: "Анна" },
    preview_controls: { copies: 24, early: true },
    preview_as_file: { which: "original" },
    preview_left_out: { which: "packaged" },
    preview_forbidden: null,
  },
  own_cards: {
    qr: { code: "7F3K 9QZX" },
    own: { ...face, ...counts, active: false, reason: "Украдена", published: false },
    list: { active: true, total: 21, page: 2, pages: 3, lines: ["№ 7 Море"], query: "море" },
    list_line: { ...face, ...counts },
    batch_line: { number: 7, last: 31, copies: 23, name: "Море", editions: 24, checks: 21 },
    copies: { name: "Море", editions: 24, page: 2, pages: 3, lines: ["3 из 24 · № 7"] },
    copy_line: { ...edition, ...counts, number: 7, active: false },
    photo_as_file: { number: 7, which: "original" },
    photo_left_out: { number: 7, which: "packaged" },
    ...{ qr_as_file: { number: 7 }, qr_left_out: { number: 7 }, pictures_forbidden: { number: 7 } },
  },
  verify_card: {
    genuine: { ...face, ...check, maker: "Анна" },
    withdrawn: { ...face, ...check, maker: "Анна", reason: "Украдена" },
    controls: null,
  },
  share_card: {
    shared: { ...face, maker: "Анна", active: false },
    shared_missing: { number: 7 },
    share: face,
    offered: { number: 7, name: "Море", edition, maker: "Анна", active: false },
    offer: { number: 7, edition, maker: "Анна" },
  },
  issue_batch: {
    batch: { ...face, editions: 24, numbers: [{ from: 7, upto: 29 }, { from: 31, upto: 31 }] },
    batch_controls: null,
    progress: { done: 10, of: 24 },
  },
  stats: {
    stats: {
      ...{ ...counts, cards: 11, active: 5, today: 2, last_7_days: 111, zone: "МСК" },
      top: ["№ 7 Море"],
    },
    stats_line: { number: 7, name: "Море", checks: 21 },
  },
  makers: {
    invitation: { url: "https://t.me/bot?start=m_x", until: "20 ноября" },
    makers: { lines: ["Анна"], total: 21, page: 2, pages: 3 },
    makers_line: { name: "Анна", cards: 5 },
    maker: { name: "Анна", cards: 5, joined_at: "20 ноября" },
    maker_gone: null,
  },
  print_labels: {
    label_title: { number: 7, edition },
    label_cut: null,
    labels: { count: 24 },
    labels_refused: null,
  },
  export_cards: {
    ...{ cards_table: null, scans_table: null },
    ...{ cards_table_refused: null, scans_table_refused: null },
  },
  search_cards: { query_cut: null },
  card_history: {
    history: { number: 7, name: "Море", lines: ["20 ноября: выпущена"], page: 2, pages: 3 },
    was_issued: { at: "20 ноября" },
    was_corrected: { at: "20 ноября", what: ["name", "packaged"] },
    was_withdrawn: { at: "20 ноября", reason: "Украдена" },
    was_restored: { at: "20 ноября" },
    days: { number: 7, days: 30, checks: 21, zone: "UTC+5" },
  },
};

/** They, by the flow and the caption. */
export const captionSamples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = samples;
