/** An opaque id of this many characters that may stand in a URL. */
export function randomId(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true }).slice(0, length);
}

/** A positive integer that JavaScript and Telegram can hold, as decimal text. */
export function randomNumber(): string {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return String((BigInt(high >>> 1) << 32n) | BigInt(low));
}
