import { type Code, CODE_ALPHABET, completeCode } from "../../events/code.ts";

const RANDOM_LENGTH = 19;

/** A new code of 95 random bits and its check character; `random` fills the bytes it is given. */
export function mintCode(random: (bytes: Uint8Array) => Uint8Array = fillRandomly): Code {
  const bytes = random(new Uint8Array(RANDOM_LENGTH));
  // 32 divides 256, so the lower five bits of a byte are as even as the byte.
  return completeCode(Array.from(bytes, (byte) => CODE_ALPHABET.charAt(byte & 31)).join(""));
}

function fillRandomly(bytes: Uint8Array): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(bytes.length));
}
