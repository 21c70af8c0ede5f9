/**
 * This JPEG with an end behind it, for one whose end marker is missing; null for anything else.
 * A decoder that warns of what is missing before that end tells whether more was lost.
 */
export function endJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const ended = new Uint8Array(bytes.length + 2);
  ended.set(bytes);
  ended.set([0xff, 0xd9], bytes.length);
  return ended;
}
