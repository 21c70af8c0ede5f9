/** Brightness alone: what a QR is read from, and how soft edges in it are put right. */

/** Brightness of each pixel, row by row. */
export type GreyPixels = { grey: Uint8Array<ArrayBuffer>; width: number; height: number };

/** How far around edges are looked for, in px, how much they gain, and how much at the most. */
export type Edges = { sigma: number; amount: number; limit: number };

/** So much of the darkest and of the brightest may be lost where the rest gains from it. */
const LOST = 0.01;
const BOXES = 3;

/** The same with all of black to white in use, and edges as `edges` says. */
export function sharpenEdges(
  { grey, width, height }: GreyPixels,
  { sigma, amount, limit }: Edges,
): GreyPixels {
  const full = stretch(grey);
  const soft = soften({ grey: full, width, height }, sigma);
  const sharp = new Uint8Array(grey.length);
  for (let i = 0; i < sharp.length; i++) {
    const value = full[i] ?? 0;
    const gain = amount * (value - (soft[i] ?? 0));
    sharp[i] = Math.max(0, Math.min(255, value + Math.max(-limit, Math.min(limit, gain))));
  }
  return { grey: sharp, width, height };
}

/** All of black to white in use. */
function stretch(grey: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const counts = new Uint32Array(256);
  for (const value of grey) counts[value] = (counts[value] ?? 0) + 1;
  const lost = grey.length * LOST;
  const low = percentile(counts, lost);
  const high = 255 - percentile(counts.toReversed(), lost);
  if (high <= low) return grey;
  const levels = Uint8ClampedArray.from(
    counts,
    (_, value) => (value - low) * 255 / (high - low),
  );
  return grey.map((value) => levels[value] ?? 0);
}

/** The first value up to which there are more than `lost`. */
function percentile(counts: Uint32Array, lost: number): number {
  let sum = 0;
  return counts.findIndex((count) => (sum += count) > lost);
}

/** Close to Gauss's blur, in a time that does not grow with `sigma`: means of boxes, three times. */
function soften({ grey, width, height }: GreyPixels, sigma: number): Float32Array {
  const radius = Math.max(1, Math.round((Math.sqrt(12 * sigma * sigma / BOXES + 1) - 1) / 2));
  const from = Float32Array.from(grey);
  const to = new Float32Array(grey.length);
  for (let box = 0; box < BOXES; box++) {
    for (let y = 0; y < height; y++) {
      meanOf(from, to, { start: y * width, step: 1, count: width }, radius);
    }
    for (let x = 0; x < width; x++) {
      meanOf(to, from, { start: x, step: width, count: height }, radius);
    }
  }
  return from;
}

/** Means along one row or column; beyond its ends it goes on as it ends. */
function meanOf(
  from: Float32Array,
  to: Float32Array,
  { start, step, count }: { start: number; step: number; count: number },
  radius: number,
): void {
  const size = 2 * radius + 1;
  const last = start + (count - 1) * step;
  let sum = 0;
  for (let i = -radius; i <= radius; i++) {
    sum += from[Math.max(start, Math.min(last, start + i * step))] ?? 0;
  }
  for (let i = 0, at = start; i < count; i++, at += step) {
    to[at] = sum / size;
    sum += (from[Math.min(last, at + (radius + 1) * step)] ?? 0) -
      (from[Math.max(start, at - radius * step)] ?? 0);
  }
}
