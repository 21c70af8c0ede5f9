const WHITE = "#ffffff";
const BLACK = "#000000";
/** So far from white, on a scale of 255, what is drawn can be told from it. */
const FAINT = 48;

/**
 * The background on which a picture with transparency can be seen: white, but for what is nearly
 * white itself. `pixels` are of 8 bits, with alpha as the last of 2 or 4 channels.
 */
export function contrastingBackground(pixels: Uint8Array, channels: 2 | 4): string {
  let [squares, seen] = [0, 0];
  for (let i = 0; i < pixels.length; i += channels) {
    const alpha = pixels[i + channels - 1] ?? 0;
    const far = 255 - brightness(pixels, i, channels);
    squares += far * far * alpha;
    seen += alpha;
  }
  return seen > 0 && Math.sqrt(squares / seen) < FAINT ? BLACK : WHITE;
}

function brightness(pixels: Uint8Array, i: number, channels: 2 | 4): number {
  const red = pixels[i] ?? 0;
  if (channels === 2) return red;
  return 0.299 * red + 0.587 * (pixels[i + 1] ?? 0) + 0.114 * (pixels[i + 2] ?? 0);
}
