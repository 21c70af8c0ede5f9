/** Serves the web chat's files with an ETag, so that a reload costs nothing. */
import { eTag, ifNoneMatch, STATUS_CODE } from "@std/http";
import base from "./css/base.css" with { type: "text" };
import bubbles from "./css/bubbles.css" with { type: "text" };
import chat_list from "./css/chat_list.css" with { type: "text" };
import composer from "./css/composer.css" with { type: "text" };
import drawer from "./css/drawer.css" with { type: "text" };
import keyboards from "./css/keyboards.css" with { type: "text" };
import lightbox from "./css/lightbox.css" with { type: "text" };
import media from "./css/media.css" with { type: "text" };
import overlays from "./css/overlays.css" with { type: "text" };
import phone from "./css/phone.css" with { type: "text" };
import sheet from "./css/sheet.css" with { type: "text" };
import top_bar from "./css/top_bar.css" with { type: "text" };
import words from "./css/words.css" with { type: "text" };
import page from "./index.html" with { type: "text" };
import script from "./page.bundle.js" with { type: "text" };

const css = [
  ...[base, top_bar, phone, chat_list, bubbles, words, media, keyboards],
  ...[composer, overlays, sheet, lightbox, drawer],
].join("\n");

/** The page's files by their path on the server; "/" is the page itself. */
const files: ReadonlyMap<string, { text: string; content_type: string }> = new Map([
  ["/", { text: page, content_type: "text/html; charset=utf-8" }],
  ["/page.css", { text: css, content_type: "text/css; charset=utf-8" }],
  ["/page.js", { text: script, content_type: "text/javascript; charset=utf-8" }],
]);

/** What the page may load: its own server's files, and pictures and sounds it makes itself. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  ...["base-uri", "form-action", "frame-ancestors"].map((what) => `${what} 'none'`),
].join("; ");

/** The answer for a path of the page, or undefined when the page has no such file. */
export async function servePage(request: Request, pathname: string): Promise<Response | undefined> {
  const file = files.get(pathname);
  if (file === undefined) return undefined;
  const etag = await eTag(file.text);
  const headers = new Headers({
    "content-type": file.content_type,
    "cache-control": "no-cache",
    "content-security-policy": policy,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  if (etag !== undefined) headers.set("etag", etag);
  if (!ifNoneMatch(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: STATUS_CODE.NotModified, headers });
  }
  return new Response(file.text, { headers });
}
