/** What each caption of the catalogue is told, as rendering tells it. */
import type { Catalogue } from "../../src/locales/ru.ts";

type Captions = Catalogue["captions"];

const face = { number: 7, name: "Море", description: "Холст, масло" };
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
  list: { active: true, total: 21, page: 2, pages: 3, lines: ["№ 7 Море"] },
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
  stats_line: { number: 7, name: "Море", checks: 21 },
};
