/** What each caption of the catalogue is told, as rendering tells it. */
import type { Catalogue } from "../../src/locales/ru.ts";

type Captions = Catalogue["captions"];

type Paper = Catalogue["paper"];

const edition = { edition: 3, editions: 24 };
const face = {
  ...{ number: 7, name: "Море", description: "Холст, масло" },
  ...{ edition, corrected: "21 ноября" },
};
const counts = { checks: 21, people: 5 };
const check = { check: 21, people: 5, first_at: "20 ноября" };

/** One set of values for each caption; null for those that take none. */
export const captionValues: {
  [Key in keyof Captions]: Parameters<Captions[Key]> extends [infer Values] ? Values : null;
} = {
  issued: face,
  qr: { code: "7F3K 9QZX" },
  own: { ...face, ...counts, active: false, reason: "Украдена" },
  genuine: { ...face, ...check, maker: "Анна" },
  withdrawn: { ...face, ...check, maker: "Анна", reason: "Украдена" },
  controls: null,
  shared: { ...face, maker: "Анна", active: false },
  shared_missing: { number: 7 },
  share: face,
  batch: { ...face, editions: 24, numbers: [{ from: 7, upto: 29 }, { from: 31, upto: 31 }] },
  batch_controls: null,
  progress: { done: 10, of: 24 },
  list: { active: true, total: 21, page: 2, pages: 3, lines: ["№ 7 Море"], query: "море" },
  list_line: { ...face, ...counts },
  stats: {
    ...{ ...counts, cards: 11, active: 5, today: 2, last_7_days: 111 },
    top: ["№ 7 Море"],
  },
  invitation: { url: "https://t.me/bot?start=m_x", until: "20 ноября" },
  makers: { lines: ["Анна"] },
  makers_line: { name: "Анна", cards: 5 },
  maker: { name: "Анна", cards: 5, joined_at: "20 ноября" },
  maker_gone: null,
  offered: { number: 7, name: "Море", maker: "Анна", active: false },
  offer: { number: 7, maker: "Анна" },
  stats_line: { number: 7, name: "Море", checks: 21 },
};

/** The same for what goes onto paper. */
export const paperValues: {
  [Key in keyof Paper]: Parameters<Paper[Key]> extends [infer Values] ? Values : null;
} = {
  label_title: { number: 7, edition },
  labels: { count: 24 },
  cards_table: null,
  scans_table: null,
  history: { number: 7, name: "Море", lines: ["20 ноября: выпущена"] },
  was_issued: { at: "20 ноября" },
  was_corrected: { at: "20 ноября", what: ["name", "packaged"] },
  was_withdrawn: { at: "20 ноября", reason: "Украдена" },
  was_restored: { at: "20 ноября" },
  and_earlier: null,
  days: { number: 7, days: 30, checks: 21 },
};
