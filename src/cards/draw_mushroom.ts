import {
  around,
  type Canvas,
  circle,
  clamp,
  type Colour,
  ellipse,
  mix,
  type Shape,
} from "./canvas.ts";
import type { Chance } from "./chance.ts";

/** Where its foot stands and how wide its cap is, in px; `tilt` in radians. */
export type Mushroom = {
  x: number;
  y: number;
  width: number;
  tilt: number;
  cap: Colour;
  hasFace: boolean;
};

const FLESH: Colour = [250, 242, 226];
const SHADE: Colour = [196, 176, 164];
const INK: Colour = [58, 36, 40];
const BLUSH: Colour = [242, 140, 130];

/** Draws a fly agaric: foot, skirt, gills, cap and warts, in that order, on a soft shadow. */
export function drawMushroom(canvas: Canvas, it: Mushroom, chance: Chance): void {
  const unit = it.width / 2;
  const height = chance.between(1.35, 1.75);
  const under: Colour = [10, 20, 20];
  const shadow = ellipse(it.x + unit * 0.2, it.y, unit * 0.9, unit * 0.16);
  const within = {
    left: it.x - 2 * unit,
    right: it.x + 2 * unit,
    top: it.y - unit,
    bottom: it.y + unit,
  };
  canvas.fill(shadow, under, { within, alpha: 0.35, soft: unit * 0.25 });
  const brush = tiltedBrush(canvas, it, height);
  drawFoot(brush, height);
  if (it.hasFace) drawFace(brush, height * 0.56, chance);
  drawSkirt(brush);
  drawCap(brush, it.cap);
  drawWarts(brush, chance);
}

/** A disc that holds a shape, so that no more is looked at than must be. */
type Spot = [u: number, v: number, reach: number];

/**
 * Paints in the mushroom's own measures: a cap is 2 wide, (0, 0) is the middle of its rim, y
 * grows towards the foot.
 */
type Brush = (
  near: Spot,
  shape: Shape,
  paint: Colour | ((u: number, v: number) => Colour),
  options?: { alpha?: number; soft?: number },
) => void;

function tiltedBrush(
  canvas: Canvas,
  { x: footX, y: footY, width, tilt }: Mushroom,
  height: number,
): Brush {
  const unit = width / 2;
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
  const across = (x: number, y: number) => ((x - footX) * cos + (y - footY) * sin) / unit;
  const down = (x: number, y: number) => ((y - footY) * cos - (x - footX) * sin) / unit + height;
  return ([u, v, reach], shape, paint, { alpha = 1, soft = 1 / unit } = {}) => {
    const x = footX + (u * cos - (v - height) * sin) * unit;
    const y = footY + ((v - height) * cos + u * sin) * unit;
    canvas.fill(
      (x, y) => shape(across(x, y), down(x, y)) * unit,
      typeof paint === "function" ? (x, y) => paint(across(x, y), down(x, y)) : paint,
      { within: around(x, y, (reach + soft) * unit + 1), alpha, soft: soft * unit },
    );
  };
}

function drawFoot(brush: Brush, height: number): void {
  const stem: Shape = (u, v) => {
    const share = clamp(v / height, 0, 1);
    const half = 0.27 + 0.09 * share + 0.1 * Math.exp(-(((share - 0.9) / 0.11) ** 2));
    return Math.max(Math.abs(u) - half, v - height - 0.07 * Math.cos(u * 4), -v);
  };
  brush(
    [0, height / 2, height / 2 + 0.2],
    stem,
    (u, v) => mix(FLESH, SHADE, (u + 0.15) * 1.1 + 0.25 * Math.exp(-v * 5)),
  );
  for (const v of [0.84, 0.91]) {
    const ring: Shape = (u, w) =>
      Math.max(Math.abs(w - v * height - 0.07 * Math.cos(u * 5)) - 0.016, Math.abs(u) - 0.4);
    brush([0, v * height, 0.48], (u, w) => Math.max(ring(u, w), stem(u, w)), SHADE, { alpha: 0.7 });
  }
}

function drawFace(brush: Brush, v: number, chance: Chance): void {
  const smile = chance.between(0.06, 0.1);
  const near: Spot = [0, v, 0.3];
  for (const side of [-1, 1]) {
    brush(near, ellipse(side * 0.135, v, 0.036, 0.052), INK);
    brush(near, circle(side * 0.135 - 0.012, v - 0.018, 0.014), [255, 255, 255]);
    brush(near, ellipse(side * 0.215, v + 0.085, 0.05, 0.03), BLUSH, { alpha: 0.75, soft: 0.04 });
  }
  const arc: Shape = (u, w) =>
    Math.max(Math.abs(Math.hypot(u, w - v - 0.045) - smile) - 0.013, v + 0.06 - w);
  brush(near, arc, INK);
}

/** The ring below the cap, with a ragged hem. */
function drawSkirt(brush: Brush): void {
  const hem = (u: number) => 0.47 - u * u * 0.5 + 0.022 * Math.cos(u * 34);
  const skirt: Shape = (u, v) => Math.max(Math.abs(u) - 0.3 - v * 0.26, v - hem(u), 0.1 - v);
  const near: Spot = [0, 0.3, 0.62];
  brush(near, (u, v) => skirt(u, v - 0.06), SHADE, { alpha: 0.5, soft: 0.06 });
  brush(near, skirt, (u, v) => mix(mix(FLESH, [255, 255, 255], v), SHADE, (u + 0.1) * 0.9));
}

const crown = ellipse(0, 0, 1, 0.86);
const rim = ellipse(0, 0, 1, 0.24);
const dome: Shape = (u, v) => v < 0 ? crown(u, v) : rim(u, v);

function drawCap(brush: Brush, cap: Colour): void {
  const dark = mix(cap, INK, 0.55);
  const bright = mix(cap, [255, 220, 150], 0.45);
  brush([0, 0, 1], ellipse(0, 0.03, 0.97, 0.25), (u, v) => {
    const line = Math.cos(Math.atan2(v + 0.4, u) * 120);
    return mix(FLESH, SHADE, 0.45 + 0.2 * line + 0.4 * u);
  });
  // The rim curves up a little in the middle, so that the gills show.
  brush([0, -0.1, 1.02], (u, v) => Math.max(dome(u, v), v - 0.13 + 0.16 * (1 - u * u)), (u, v) => {
    const light = Math.hypot(u + 0.38, v + 0.5);
    const base = light < 0.55
      ? mix(bright, cap, light / 0.55)
      : mix(cap, dark, (light - 0.55) / 1.1);
    return mix(base, dark, clamp(0.4 + v * 3, 0, 0.45));
  });
  brush([-0.42, -0.54, 0.3], ellipse(-0.42, -0.54, 0.2, 0.09), [255, 255, 255], {
    alpha: 0.5,
    soft: 0.16,
  });
}

/** White warts, spread over the dome and flat towards its edge. */
function drawWarts(brush: Brush, chance: Chance): void {
  const golden = Math.PI * (3 - Math.sqrt(5));
  const turn = chance.between(0, 7);
  const count = 16;
  for (let i = 0; i < count; i++) {
    // A spiral over the half of the dome that we see, from its top down.
    const polar = Math.acos(1 - (i + 0.5) / count);
    const bearing = turn + i * golden;
    const depth = Math.sin(polar) * Math.sin(bearing);
    const u = Math.sin(polar) * Math.cos(bearing) * 0.95;
    const v = -0.8 * Math.cos(polar) + 0.14 * depth;
    if (depth < -0.45 || v > -0.1 || Math.hypot(u, v / 0.86) > 0.93) continue;
    const size = chance.between(0.06, 0.125);
    const flat = Math.max(0.45, Math.sqrt(1 - u * u * 0.9));
    const round = ellipse(u, v, size * flat, size * 0.86);
    const wart: Shape = (x, y) =>
      round(x, y) - 0.09 * size * Math.sin(Math.atan2(y - v, x - u) * 5 + i * 2);
    const near: Spot = [u, v, size * 1.5];
    brush(near, (x, y) => wart(x, y - 0.03), INK, { alpha: 0.28, soft: 0.03 });
    brush(
      near,
      (x, y) => Math.max(wart(x, y), dome(x, y)),
      (x, y) => mix([255, 253, 246], SHADE, (x - u + y - v) / size * 0.35 + 0.1),
    );
  }
}
