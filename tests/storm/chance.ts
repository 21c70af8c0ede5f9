/** Chance that a seed decides: the same seed gives the same numbers. */
export type Chance = {
  /** At least `min`, below `max`. */
  between(min: number, max: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
};

/** A small generator for storms; never for anything that must not be guessed. */
export function chanceOf(seed: string): Chance {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(seed)) {
    state = Math.imul(state ^ byte, 0x01000193);
  }
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  return {
    between: (min, max) => min + next() * (max - min),
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
  };
}
