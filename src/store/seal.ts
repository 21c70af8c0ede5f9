/** AES-GCM over small texts: names in facts, keys of people, payloads of failed updates. */

const IV_BYTES = 12;
const MARK = "s1.";

/** A key from 32 raw bytes. */
export function sealingKey(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** Seals `text`; `bound` must be the same at opening, so that a token works in its own place only. */
export async function seal(key: CryptoKey, text: string, bound: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const additionalData = new TextEncoder().encode(bound);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData },
    key,
    new TextEncoder().encode(text),
  );
  const token = new Uint8Array(IV_BYTES + sealed.byteLength);
  token.set(iv);
  token.set(new Uint8Array(sealed), IV_BYTES);
  return MARK + token.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Opens what `seal` made; null where the key, the place or the token is not the right one. */
export async function unseal(key: CryptoKey, token: string, bound: string): Promise<string | null> {
  if (!token.startsWith(MARK)) return null;
  try {
    const bytes = Uint8Array.fromBase64(token.slice(MARK.length), { alphabet: "base64url" });
    const additionalData = new TextEncoder().encode(bound);
    const text = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: bytes.subarray(0, IV_BYTES), additionalData },
      key,
      bytes.subarray(IV_BYTES),
    );
    return new TextDecoder().decode(text);
  } catch {
    // A wrong key and a changed token look alike, by design of the cipher.
    return null;
  }
}
