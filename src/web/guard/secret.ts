/** The secret that a server beyond this machine asks for: in its address once, then in a cookie. */
import { createHash, timingSafeEqual } from "node:crypto";

/** Long enough that nobody guesses it. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Whether they are equal; how long that takes tells nothing about the secret. */
export function isSameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** What a request that names the secret in its address is answered: a cookie, and the way on. */
export function welcome(url: URL, secret: string, cookie: string): Response | null {
  const given = url.searchParams.get("secret");
  if (given === null || !isSameSecret(given, secret)) return null;
  url.searchParams.delete("secret");
  return new Response(null, {
    status: 303,
    headers: {
      location: `${url.pathname}${url.search}`,
      "set-cookie": `${cookie}=${secret}; Path=/; HttpOnly; SameSite=Lax`,
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
  });
}

/** Whether the request carries the secret, as a cookie or as `Authorization: Bearer`. */
export function carriesSecret(headers: Headers, secret: string, cookie: string): boolean {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1];
  const cookies = (headers.get("cookie") ?? "").split(/; */)
    .filter((pair) => pair.startsWith(`${cookie}=`)).map((pair) => pair.slice(cookie.length + 1));
  return [bearer, ...cookies].some((given) => given !== undefined && isSameSecret(given, secret));
}
