/** How far something is, how fast it goes, and how long it will take: on one line of a terminal. */

export interface ProgressBar {
  show(done: number, total: number): void;
  /** Takes it off the screen, if it is there. */
  wipe(): void;
}

const WIDTH = 24;
const REDRAW_MS = 100;

/** `write` gets what goes to the terminal; `now` is in ms. */
export function openProgressBar(write: (text: string) => void, now: () => number): ProgressBar {
  let begun: number | null = null;
  let drawn = -Infinity;
  let shown = false;
  const wipe = () => {
    if (shown) write("\r\x1b[K");
    shown = false;
  };
  return {
    wipe,
    show(done, total) {
      const at = now();
      begun ??= at;
      if (done >= total) return wipe();
      if (at - drawn < REDRAW_MS) return;
      drawn = at;
      shown = true;
      write(`\r\x1b[K${progressLine(done, total, at - begun)}`);
    },
  };
}

/** "██████░░░░ 25 %  12,000/s  3 s left" */
export function progressLine(done: number, total: number, took_ms: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.round(share * WIDTH);
  const per_second = took_ms > 0 ? done / took_ms * 1000 : 0;
  const bar = "█".repeat(full) + "░".repeat(WIDTH - full);
  const left = per_second > 0 ? `  ${describeLeft((total - done) / per_second)} left` : "";
  const rate = Math.round(per_second).toLocaleString("en");
  return `${bar} ${Math.floor(share * 100)} %  ${rate}/s${left}`;
}

function describeLeft(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
