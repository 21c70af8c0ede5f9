/** Stand-ins for what a log may not tell: the same for the same, and nothing can be read from them. */
import { createHmac } from "node:crypto";
import { CODE_ALPHABET, completeCode } from "../../../events/code.ts";

/** The kinds of things that are replaced, and what takes their place. */
export interface StandIns {
  /** A uuid of version 8, by which one sees that it is a stand-in. */
  uuid(original: string): string;
  /** A code whose check character is right. */
  code(original: string): string;
  sha256(original: string): string;
  /** "text-4be1…": as long as the original, but never shorter than twelve. */
  text(original: string): string;
  /** A whole number below 2³¹, of the same sign. */
  number(original: string): string;
}

const TEXT_LENGTH_MIN = 12;

/** Without `secret` nobody can try which original belongs to a stand-in. */
export function openStandIns(secret: Uint8Array): StandIns {
  const mac = (kind: string, original: string, part = 0): Uint8Array =>
    createHmac("sha256", secret).update(`${kind}:${part}:${original}`).digest();
  const hex = (kind: string, original: string, length: number): string => {
    const parts = Array.from(
      { length: Math.ceil(length / 64) },
      (_, part) => new Uint8Array(mac(kind, original, part)).toHex(),
    );
    return parts.join("").slice(0, length);
  };
  return {
    uuid(original) {
      const digits = hex("uuid", original.toLowerCase(), 32);
      return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-8$3-8$4-$5");
    },
    code(original) {
      const marks = [...mac("code", original)].slice(0, 19)
        .map((byte) => CODE_ALPHABET.charAt(byte % CODE_ALPHABET.length));
      return completeCode(marks.join(""));
    },
    sha256: (original) => hex("sha256", original, 64),
    text(original) {
      const length = Math.max(TEXT_LENGTH_MIN, original.length);
      return `text-${hex("text", original, length - 5)}`;
    },
    number(original) {
      const value = parseInt(hex("number", original, 8), 16) >>> 1;
      return original.startsWith("-") ? `-${value}` : String(value);
    },
  };
}
