import { Canvas, circle, type Colour, everywhere, mix, roundedBox } from "./canvas.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { drawMushroom } from "./draw_mushroom.ts";
import { drawGrass, drawMotes, drawScenery, MOODS } from "./draw_scenery.ts";

const WIDTH = 1200;
const HEIGHT = 1600;
const CAPS: readonly [Colour, ...Colour[]] = [
  [206, 34, 30],
  [206, 34, 30],
  [226, 84, 22],
  [234, 158, 30],
  [150, 84, 50],
  [176, 28, 84],
];

const CREAM: Colour = [250, 243, 228];
const INK: Colour = [58, 42, 36];

/** Draws the art of a demo card, a JPEG of 1200×1600: mushrooms that the seed decides. */
export async function drawCardPicture(seed: string): Promise<Uint8Array<ArrayBuffer>> {
  const art = await raw(paintCard(seed));
  return new Uint8Array(await art.jpeg({ quality: 88 }).toBuffer());
}

/** The same card in its package, a JPEG of 1200×1600 on which `qr`, a PNG, can be scanned. */
export async function drawPackagedPicture(
  seed: string,
  qr: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const { sharp } = await import("./pixels.ts");
  const card = await (await raw(paintCard(seed))).resize({ width: 800 }).png().toBuffer();
  const code = await sharp(qr).resize({ width: 330 }).toColourspace("srgb").png().toBuffer();
  const packaged = (await raw(paintPackage(seed))).composite([
    { input: card, left: 200, top: 200 },
    { input: await rasterize(paintSticker()), left: 690, top: 1140 },
    { input: code, left: 705, top: 1155 },
  ]);
  return new Uint8Array(await packaged.jpeg({ quality: 88 }).toBuffer());
}

function paintCard(seed: string): Canvas {
  const canvas = new Canvas(WIDTH, HEIGHT);
  const chance = chanceOf(seed);
  const mood = chance.pick(MOODS);
  const horizon = HEIGHT * chance.between(0.58, 0.7);
  drawScenery(canvas, mood, chance, horizon);
  drawGrass(canvas, mood, chance, [horizon, HEIGHT * 0.86]);
  drawFamily(canvas, chance);
  drawGrass(canvas, mood, chance, [HEIGHT * 0.9, HEIGHT * 1.04]);
  drawMotes(canvas, mood, chance);
  drawFrame(canvas);
  return canvas;
}

/** A big mushroom with a face, and up to four small ones behind and before it. */
function drawFamily(canvas: Canvas, chance: Chance): void {
  const cap = chance.pick(CAPS);
  const x = WIDTH * chance.between(0.36, 0.64);
  const small = Math.floor(chance.between(1, 5));
  const around = Array.from({ length: small }, (_, i) => ({
    x: x + (i % 2 === 0 ? -1 : 1) * WIDTH * (chance.between(0.24, 0.3) + 0.09 * Math.floor(i / 2)),
    y: HEIGHT * chance.between(0.8, 0.93),
    width: chance.between(170, 330),
    tilt: chance.between(-0.2, 0.2),
    cap: mix(cap, INK, chance.between(0, 0.15)),
    hasFace: chance.between(0, 1) < 0.5,
  }));
  const big = {
    x,
    y: HEIGHT * chance.between(0.87, 0.91),
    width: chance.between(540, 720),
    tilt: chance.between(-0.1, 0.1),
    cap,
    hasFace: true,
  };
  const all = [...around, big].sort((one, other) => one.y - other.y);
  for (const it of all) drawMushroom(canvas, it, chance);
}

function drawFrame(canvas: Canvas): void {
  const inner = { left: 44, top: 44, right: WIDTH - 44, bottom: HEIGHT - 44 };
  const window = roundedBox(inner, 44);
  canvas.fill((x, y) => -window(x, y), CREAM);
  canvas.fill((x, y) => Math.abs(window(x, y) + 16) - 2, CREAM, { alpha: 0.85 });
}

/** A kraft board on a dark table, with a hole to hang it by and a stamp below the window. */
function paintPackage(seed: string): Canvas {
  const canvas = new Canvas(WIDTH, HEIGHT);
  const chance = chanceOf(`package of ${seed}`);
  canvas.fill(everywhere, (x, y) => {
    const grain = Math.sin(y * 0.35 + 3 * Math.sin(x * 0.004 + y * 0.02));
    return mix([58, 40, 32], [84, 58, 42], 0.5 + 0.25 * grain + 0.25 * Math.sin(y * 0.011));
  });
  const board = roundedBox({ left: 90, top: 60, right: 1110, bottom: 1540 }, 36);
  canvas.fill((x, y) => board(x - 14, y - 22), [0, 0, 0], { alpha: 0.5, soft: 40 });
  canvas.fill(board, () => mix([204, 164, 116], [190, 148, 102], chance.between(0, 1)));
  canvas.fill((x, y) => Math.abs(board(x, y) + 18) - 1.5, INK, { alpha: 0.35 });
  canvas.fill(circle(600, 130, 30), [66, 46, 36]);
  const window = roundedBox({ left: 188, top: 188, right: 1012, bottom: 1279 }, 12);
  canvas.fill(window, INK, { alpha: 0.55, soft: 8 });
  const stamp = { x: 290, y: 1470, width: 150, tilt: -0.1, cap: CAPS[0], hasFace: true };
  drawMushroom(canvas, stamp, chance);
  for (const [top, right] of [[1350, 650], [1390, 600], [1430, 560]] as const) {
    canvas.fill(roundedBox({ left: 410, top, right, bottom: top + 14 }, 7), INK, { alpha: 0.5 });
  }
  return canvas;
}

function paintSticker(): Canvas {
  const canvas = new Canvas(360, 360);
  canvas.fill(everywhere, [255, 255, 255]);
  canvas.fill((x, y) => -roundedBox({ left: 4, top: 4, right: 356, bottom: 356 }, 10)(x, y), INK);
  return canvas;
}

async function raw({ data, width, height }: Canvas) {
  const { sharp } = await import("./pixels.ts");
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function rasterize(canvas: Canvas) {
  return await (await raw(canvas)).png().toBuffer();
}
