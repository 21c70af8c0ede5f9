/** Red, green, blue, each 0–255. */
export type Colour = [red: number, green: number, blue: number];
/** Signed distance in px from a point to a shape's edge: negative inside. */
export type Shape = (x: number, y: number) => number;
/** What part of the canvas a shape may touch, in px. */
export type Bounds = { left: number; top: number; right: number; bottom: number };

/** Pixels to paint on: shapes are functions, and their edges are soft by one pixel. */
export class Canvas {
  readonly data: Uint8ClampedArray<ArrayBuffer>;

  constructor(readonly width: number, readonly height: number) {
    this.data = new Uint8ClampedArray(width * height * 3);
  }

  /** Covers the shape with the colour. */
  fill(shape: Shape, colour: Colour, within: Bounds = this.bounds): void {
    const { left, top, right, bottom } = within;
    const [x0, x1] = [Math.max(0, Math.floor(left)), Math.min(this.width, Math.ceil(right))];
    const [y0, y1] = [Math.max(0, Math.floor(top)), Math.min(this.height, Math.ceil(bottom))];
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        const cover = Math.min(1, Math.max(0, 0.5 - shape(x, y)));
        if (cover > 0) this.#blend(x, y, colour, cover);
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

export function roundedBox({ left, top, right, bottom }: Bounds, radius: number): Shape {
  const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
  const [halfWidth, halfHeight] = [(right - left) / 2 - radius, (bottom - top) / 2 - radius];
  return (x, y) => {
    const [dx, dy] = [Math.abs(x - cx) - halfWidth, Math.abs(y - cy) - halfHeight];
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}
