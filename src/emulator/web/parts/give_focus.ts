/// <reference lib="dom" />
/** Gives the focus back to what had it before something was laid over the page. */

/** What is gone, or cannot be seen, is passed over; in its place the messages take the focus. */
export function giveFocus(before: Element | null, place: Element | null = null): void {
  if (before instanceof HTMLElement && before.isConnected && before !== document.body) {
    return before.focus();
  }
  const messages = place?.querySelector(".viewport, .chats button");
  if (messages instanceof HTMLElement) messages.focus();
}
