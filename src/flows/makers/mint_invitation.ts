import { createHash } from "node:crypto";

/** The secret in an invitation's link, and the sha256 by which it is known without it. */
export function mintInvitation(): { token: string; digest: string } {
  const token = crypto.getRandomValues(new Uint8Array(24)).toBase64({ alphabet: "base64url" });
  return { token, digest: createHash("sha256").update(token).digest("hex") };
}
