/// <reference lib="dom" />
/** Gives the focus back to what had it before something was laid over the page. */

/** Without what had it, the messages in `place` take the focus. Whoever has it by then keeps it. */
export function giveFocus(before: Element | null, place: Element | null = null): void {
  // By then what lay above is gone, and what lies below can take it.
  queueMicrotask(() => {
    const at = document.activeElement;
    if (at !== null && at !== document.body) return;
    if (before instanceof HTMLElement && before.isConnected && before !== document.body) {
      return before.focus();
    }
    place?.querySelector<HTMLElement>(".viewport, .chats button, .start")?.focus();
  });
}
