import {
  around,
  type Bounds,
  type Canvas,
  circle,
  clamp,
  type Colour,
  everywhere,
  mix,
  type Shape,
} from "./canvas.ts";
import type { Chance } from "./chance.ts";

/** The colours of one time of day: sky from above, hills from far to near. */
export type Mood = {
  sky: [top: Colour, middle: Colour, low: Colour];
  light: Colour;
  far: Colour;
  near: Colour;
  meadow: Colour;
  isNight: boolean;
};

export const MOODS: readonly [Mood, ...Mood[]] = [
  { // a peach morning
    sky: [[120, 178, 214], [247, 205, 176], [255, 232, 198]],
    light: [255, 244, 214],
    far: [201, 170, 180],
    near: [62, 92, 84],
    meadow: [74, 120, 66],
    isNight: false,
  },
  { // a blue night
    sky: [[12, 18, 52], [33, 50, 104], [92, 110, 168]],
    light: [244, 240, 218],
    far: [66, 82, 138],
    near: [12, 26, 46],
    meadow: [20, 56, 58],
    isNight: true,
  },
  { // an autumn evening
    sky: [[86, 54, 96], [222, 110, 84], [255, 190, 104]],
    light: [255, 226, 150],
    far: [188, 104, 92],
    near: [66, 36, 48],
    meadow: [112, 78, 40],
    isNight: false,
  },
  { // a misty noon
    sky: [[146, 196, 190], [206, 228, 214], [240, 244, 226]],
    light: [255, 255, 244],
    far: [164, 196, 184],
    near: [40, 84, 72],
    meadow: [88, 138, 70],
    isNight: false,
  },
  { // a violet dusk
    sky: [[40, 24, 78], [124, 66, 138], [236, 142, 160]],
    light: [255, 220, 220],
    far: [132, 84, 148],
    near: [34, 20, 58],
    meadow: [48, 62, 72],
    isNight: true,
  },
  { // a winter day
    sky: [[128, 160, 206], [196, 214, 236], [240, 240, 246]],
    light: [255, 252, 240],
    far: [190, 206, 226],
    near: [74, 100, 132],
    meadow: [226, 234, 244],
    isNight: false,
  },
  { // a green night with a red moon
    sky: [[8, 34, 44], [22, 84, 82], [112, 168, 128]],
    light: [255, 196, 150],
    far: [48, 108, 98],
    near: [6, 26, 30],
    meadow: [18, 58, 40],
    isNight: true,
  },
  { // a rosy dawn
    sky: [[252, 176, 170], [255, 206, 190], [255, 240, 214]],
    light: [255, 110, 92],
    far: [226, 170, 176],
    near: [96, 66, 92],
    meadow: [128, 132, 88],
    isNight: false,
  },
];

/** Sky, sun or moon, ridges with firs, and the meadow below `horizon`, in px. */
export function drawScenery(canvas: Canvas, mood: Mood, chance: Chance, horizon: number): void {
  drawSky(canvas, mood, chance, horizon);
  const ridges = 4;
  for (let i = 0; i < ridges; i++) {
    const base = horizon * (0.66 + 0.34 * (i / (ridges - 1)) ** 0.9);
    const colour = mix(mood.far, mood.near, (i / (ridges - 1)) ** 1.2);
    const line = ridgeLine(canvas, chance, base, canvas.height * (0.07 - i * 0.012));
    if (i > 0) drawFirs(canvas, chance, line, colour, 60 + i * 55);
    const haze = mix(colour, mood.sky[2], 0.45);
    canvas.fill(
      (x, y) => line(x) - y,
      (x, y) => mix(colour, haze, (y - line(x)) / 240),
      { within: { ...below(canvas, base - canvas.height * 0.16), bottom: horizon + 40 } },
    );
  }
  drawMeadow(canvas, mood, chance, horizon);
}

function drawSky(canvas: Canvas, mood: Mood, chance: Chance, horizon: number): void {
  const [top, middle, low] = mood.sky;
  canvas.fill(everywhere, (_, y) => {
    const share = y / horizon;
    return share < 0.55 ? mix(top, middle, share / 0.55) : mix(middle, low, (share - 0.55) / 0.45);
  });
  if (mood.isNight) {
    for (let i = 0; i < 130; i++) {
      const [x, y] = [chance.between(0, canvas.width), chance.between(0, horizon * 0.7)];
      const alpha = chance.between(0.25, 0.95);
      const star = circle(x, y, chance.between(0.8, 2.6));
      canvas.fill(star, mood.light, { within: around(x, y, 5), alpha });
    }
  }
  const [x, y] = [canvas.width * chance.between(0.2, 0.8), horizon * chance.between(0.2, 0.42)];
  const radius = canvas.width * chance.between(0.07, 0.13);
  for (const [reach, alpha] of [[4.5, 0.3], [2.2, 0.35]] as const) {
    const soft = radius * reach;
    const within = around(x, y, radius + soft);
    canvas.fill(circle(x, y, radius), mood.light, { within, alpha, soft });
  }
  canvas.fill(circle(x, y, radius), mood.light, { within: around(x, y, radius + 2), soft: 2 });
}

/** A wavy line: the height of a ridge in px at each x, worked out once for every column. */
function ridgeLine(
  { width }: Canvas,
  chance: Chance,
  base: number,
  swing: number,
): (x: number) => number {
  const waves = [1, 2.3, 4.7, 9.1].map((turns, i) => ({
    turns: turns * chance.between(0.8, 1.3) / width * 2 * Math.PI,
    phase: chance.between(0, 7),
    swing: swing / 1.9 ** i,
  }));
  const at = (x: number) =>
    waves.reduce((y, it) => y + it.swing * Math.sin(x * it.turns + it.phase), base);
  const columns = Float64Array.from({ length: width }, (_, x) => at(x));
  return (x) => columns[x] ?? at(x);
}

function drawFirs(
  canvas: Canvas,
  chance: Chance,
  line: (x: number) => number,
  colour: Colour,
  height: number,
): void {
  for (
    let x = chance.between(-40, 20);
    x < canvas.width + 40;
    x += chance.between(0.12, 1) * height
  ) {
    const tall = height * chance.between(0.6, 1.25);
    const foot = line(x) + 12;
    const within = { left: x - tall / 2, top: foot - tall - 2, right: x + tall / 2, bottom: foot };
    canvas.fill(fir(x, foot, tall), colour, { within, soft: 1.5 });
  }
}

/** A fir of four skirts, each wider than the one above. */
function fir(cx: number, foot: number, tall: number): Shape {
  return (x, y) => {
    const down = clamp((y - foot + tall) / tall, 0, 1);
    const skirt = down * 4 - Math.floor(Math.min(down * 4, 3.99));
    const half = tall * 0.24 * (down * 0.72 + skirt * 0.28 * (0.4 + down));
    return Math.abs(x - cx) - half;
  };
}

function drawMeadow(canvas: Canvas, mood: Mood, chance: Chance, horizon: number): void {
  const line = ridgeLine(canvas, chance, horizon, canvas.height * 0.012);
  const dark = mix(mood.meadow, mood.near, 0.7);
  canvas.fill(
    (x, y) => line(x) - y,
    (x, y) => mix(mood.meadow, dark, (y - line(x)) / (canvas.height - horizon)),
    { within: below(canvas, horizon - canvas.height * 0.04) },
  );
}

/** Blades of grass whose feet lie between two heights, in px. */
export function drawGrass(
  canvas: Canvas,
  mood: Mood,
  chance: Chance,
  [from, to]: [from: number, to: number],
): void {
  for (let i = 0; i < 260; i++) {
    const [foot, cx] = [chance.between(from, to), chance.between(-20, canvas.width + 20)];
    const nearness = (foot - from) / (to - from + 1);
    const tall = chance.between(26, 60) * (0.7 + nearness);
    const lean = chance.between(-0.5, 0.5);
    const colour = mix(
      mix(mood.meadow, mood.light, chance.between(0, 0.28)),
      mood.near,
      nearness * 0.55,
    );
    const within = { left: cx - tall, top: foot - tall, right: cx + tall, bottom: foot };
    canvas.fill(
      (x, y) => {
        const up = (foot - y) / tall;
        return Math.abs(x - cx - lean * tall * up * up) - 5 * (1 - up);
      },
      colour,
      { within, soft: 1.4 },
    );
  }
}

/** Fireflies at night, pollen by day. */
export function drawMotes(canvas: Canvas, mood: Mood, chance: Chance): void {
  const colour: Colour = mood.isNight ? [255, 236, 140] : [255, 255, 250];
  for (let i = 0; i < 36; i++) {
    const [x, y] = [
      chance.between(0, canvas.width),
      canvas.height * (0.35 + 0.62 * Math.sqrt(chance.between(0, 1))),
    ];
    const size = chance.between(1.5, 4);
    const within = around(x, y, size * 9);
    canvas.fill(circle(x, y, size), colour, { within, alpha: 0.4, soft: size * 12 });
    canvas.fill(circle(x, y, size), colour, { within, alpha: 0.85, soft: 2 });
  }
}

function below(canvas: Canvas, top: number): Bounds {
  return { ...canvas.bounds, top };
}
