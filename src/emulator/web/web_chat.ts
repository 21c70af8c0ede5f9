/** The web chat's files: the one place that lists them. */
import page from "./index.html" with { type: "text" };
import bubbles_css from "./bubbles.css" with { type: "text" };
import chat_css from "./chat.css" with { type: "text" };
import composer_css from "./composer.css" with { type: "text" };
import keyboards_css from "./keyboards.css" with { type: "text" };
import lightbox_css from "./lightbox.css" with { type: "text" };
import media_css from "./media.css" with { type: "text" };
import overlays_css from "./overlays.css" with { type: "text" };
import phone_header_css from "./phone_header.css" with { type: "text" };
import sheet_css from "./sheet.css" with { type: "text" };
import bubble from "./bubble.js" with { type: "text" };
import chat from "./chat.js" with { type: "text" };
import command_menu from "./command_menu.js" with { type: "text" };
import composer from "./composer.js" with { type: "text" };
import control from "./control.js" with { type: "text" };
import conversation from "./conversation.js" with { type: "text" };
import crossing from "./crossing.js" with { type: "text" };
import element from "./element.js" with { type: "text" };
import icon from "./icon.js" with { type: "text" };
import keyboards from "./keyboards.js" with { type: "text" };
import lightbox from "./lightbox.js" with { type: "text" };
import links from "./links.js" with { type: "text" };
import live from "./live.js" with { type: "text" };
import media from "./media.js" with { type: "text" };
import menu from "./menu.js" with { type: "text" };
import notice from "./notice.js" with { type: "text" };
import people from "./people.js" with { type: "text" };
import phone from "./phone.js" with { type: "text" };
import phone_header from "./phone_header.js" with { type: "text" };
import rich_text from "./rich_text.js" with { type: "text" };
import sheet from "./sheet.js" with { type: "text" };
import taps from "./taps.js" with { type: "text" };
import upload from "./upload.js" with { type: "text" };
import wording from "./wording.js" with { type: "text" };

/** One file of the page: its text and the content type to serve it with. */
export interface WebFile {
  readonly text: string;
  readonly content_type: string;
}

const css = (text: string): WebFile => ({ text, content_type: "text/css; charset=utf-8" });
const js = (text: string): WebFile => ({ text, content_type: "text/javascript; charset=utf-8" });

/** The page's files by their path on the server; "/" is the page itself. */
export const webChat: ReadonlyMap<string, WebFile> = new Map([
  ["/", { text: page, content_type: "text/html; charset=utf-8" }],
  ["/bubbles.css", css(bubbles_css)],
  ["/chat.css", css(chat_css)],
  ["/composer.css", css(composer_css)],
  ["/keyboards.css", css(keyboards_css)],
  ["/lightbox.css", css(lightbox_css)],
  ["/media.css", css(media_css)],
  ["/overlays.css", css(overlays_css)],
  ["/phone_header.css", css(phone_header_css)],
  ["/sheet.css", css(sheet_css)],
  ["/bubble.js", js(bubble)],
  ["/chat.js", js(chat)],
  ["/command_menu.js", js(command_menu)],
  ["/composer.js", js(composer)],
  ["/control.js", js(control)],
  ["/conversation.js", js(conversation)],
  ["/crossing.js", js(crossing)],
  ["/element.js", js(element)],
  ["/icon.js", js(icon)],
  ["/keyboards.js", js(keyboards)],
  ["/lightbox.js", js(lightbox)],
  ["/links.js", js(links)],
  ["/live.js", js(live)],
  ["/media.js", js(media)],
  ["/menu.js", js(menu)],
  ["/notice.js", js(notice)],
  ["/people.js", js(people)],
  ["/phone.js", js(phone)],
  ["/phone_header.js", js(phone_header)],
  ["/rich_text.js", js(rich_text)],
  ["/sheet.js", js(sheet)],
  ["/taps.js", js(taps)],
  ["/upload.js", js(upload)],
  ["/wording.js", js(wording)],
]);

/** What the page is allowed to load: only its own server, and pictures it makes itself. */
export const webChatPolicy = "default-src 'self'; img-src 'self' blob: data:";
