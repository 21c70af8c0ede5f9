/** Serves the web chat's files with an ETag, so that a reload costs nothing. */
import { eTag, ifNoneMatch, STATUS_CODE } from "@std/http";
import { webChat, webChatPolicy } from "./web/web_chat.ts";

/** The answer for a path of the page, or undefined when the page has no such file. */
export async function servePage(request: Request, pathname: string): Promise<Response | undefined> {
  const file = webChat.get(pathname);
  if (file === undefined) return undefined;
  const etag = await eTag(file.text);
  const headers = new Headers({
    "content-type": file.content_type,
    "cache-control": "no-cache",
    "content-security-policy": webChatPolicy,
    "x-content-type-options": "nosniff",
  });
  if (etag !== undefined) headers.set("etag", etag);
  if (!ifNoneMatch(request.headers.get("if-none-match"), etag)) {
    return new Response(null, { status: STATUS_CODE.NotModified, headers });
  }
  return new Response(file.text, { headers });
}
