/** Red, green, blue, each 0–255; fractions are fine. */
export type Colour = [red: number, green: number, blue: number];
/** Signed distance in px from a point to a shape's edge: negative inside. */
export type Shape = (x: number, y: number) => number;
export type Paint = Colour | ((x: number, y: number) => Colour);
/** What part of the canvas a shape may touch, in px. */
export type Bounds = { left: number; top: number; right: number; bottom: number };

/** Pixels to paint on: shapes are functions, and their edges are soft by one pixel. */
export class Canvas {
  readonly data: Uint8ClampedArray<ArrayBuffer>;

  constructor(readonly width: number, readonly height: number) {
    this.data = new Uint8ClampedArray(width * height * 3);
  }

  /** Covers the shape with the paint; `soft` is how many px its edge takes to fade. */
  fill(shape: Shape, paint: Paint, { within = this.bounds, alpha = 1, soft = 1 } = {}): void {
    const { left, top, right, bottom } = within;
    const [x0, x1] = [Math.max(0, Math.floor(left)), Math.min(this.width, Math.ceil(right))];
    const [y0, y1] = [Math.max(0, Math.floor(top)), Math.min(this.height, Math.ceil(bottom))];
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        const cover = alpha * clamp(0.5 - shape(x, y) / soft, 0, 1);
        if (cover > 0) this.#blend(x, y, typeof paint === "function" ? paint(x, y) : paint, cover);
      }
    }
  }

  get bounds(): Bounds {
    return { left: 0, top: 0, right: this.width, bottom: this.height };
  }

  #blend(x: number, y: number, colour: Colour, cover: number): void {
    const at = (y * this.width + x) * 3;
    for (let channel = 0; channel < 3; channel++) {
      const under = this.data[at + channel] ?? 0;
      this.data[at + channel] = under + ((colour[channel] ?? 0) - under) * cover;
    }
  }
}

/** Every point: the shape of a background. */
export const everywhere: Shape = () => -1;

export function circle(cx: number, cy: number, radius: number): Shape {
  return (x, y) => Math.hypot(x - cx, y - cy) - radius;
}

/** An ellipse along the axes; exact at the edge, which is all that a fill asks. */
export function ellipse(cx: number, cy: number, rx: number, ry: number): Shape {
  return (x, y) => {
    const [u, v] = [(x - cx) / rx, (y - cy) / ry];
    const reach = Math.hypot(u, v);
    const slope = Math.hypot(u / rx, v / ry);
    return slope === 0 ? -Math.min(rx, ry) : (reach - 1) * reach / slope;
  };
}

export function roundedBox({ left, top, right, bottom }: Bounds, radius: number): Shape {
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const [halfWidth, halfHeight] = [(right - left) / 2 - radius, (bottom - top) / 2 - radius];
  return (x, y) => {
    const [dx, dy] = [Math.abs(x - cx) - halfWidth, Math.abs(y - cy) - halfHeight];
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}

/** Bounds of a disc, or of anything that fits into it. */
export function around(cx: number, cy: number, reach: number): Bounds {
  return { left: cx - reach, top: cy - reach, right: cx + reach, bottom: cy + reach };
}

export function mix(from: Colour, to: Colour, share: number): Colour {
  const at = clamp(share, 0, 1);
  return [
    from[0] + (to[0] - from[0]) * at,
    from[1] + (to[1] - from[1]) * at,
    from[2] + (to[2] - from[2]) * at,
  ];
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
