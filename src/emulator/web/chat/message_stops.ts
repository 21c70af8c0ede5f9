/// <reference lib="dom" />
/**
 * Each message is one stop of the Tab key, whatever it holds: inside of it the arrows move, Home and
 * End go to its first and last button.
 */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

const MESSAGE = "li[data-message]";
const CONTROLS = "a[href], button, [role=button], video[controls]";

export function useMessageStops(list: RefObject<HTMLOListElement>): void {
  useEffect(() => {
    if (!list.current) return;
    const stops = new MessageStops(list.current);
    return () => stops.end();
  }, []);
}

class MessageStops {
  readonly #list: HTMLElement;
  readonly #watch: MutationObserver;
  readonly #listening = new AbortController();
  /** The message with the focus, and how many stand before it. */
  #at: { message: HTMLElement; index: number } | null = null;

  constructor(list: HTMLElement) {
    this.#list = list;
    this.#watch = new MutationObserver(() => this.#arrangeAll());
    this.#watch.observe(list, { childList: true, subtree: true });
    const { signal } = this.#listening;
    list.addEventListener("focusin", ({ target }) => this.#enter(target), { signal });
    list.addEventListener("focusout", ({ relatedTarget }) => this.#leave(relatedTarget), {
      signal,
    });
    list.addEventListener("keydown", move, { signal });
    this.#arrangeAll();
  }

  end(): void {
    this.#watch.disconnect();
    this.#listening.abort();
  }

  #enter(target: EventTarget | null): void {
    const message = messageOf(target);
    if (!message || !(target instanceof HTMLElement)) return;
    arrange(message, target);
    this.#at = { message, index: this.#messages.indexOf(message) };
  }

  /** What loses the focus to nothing may be about to be deleted. */
  #leave(to: EventTarget | null): void {
    if (to !== null) this.#at = null;
  }

  get #messages(): HTMLElement[] {
    return Array.from(this.#list.querySelectorAll<HTMLElement>(MESSAGE));
  }

  #arrangeAll(): void {
    const all = this.#messages;
    for (const message of all) arrange(message);
    if (this.#at === null) return;
    const { message, index } = this.#at;
    if (message.isConnected) {
      this.#at.index = all.indexOf(message);
      return;
    }
    // Whoever was at a message that is deleted goes on from its neighbour.
    this.#at = null;
    const neighbour = all[Math.min(index, all.length - 1)];
    const stop = controlsOf(neighbour).find(({ tabIndex }) => tabIndex === 0);
    if (document.activeElement === document.body) stop?.focus();
  }
}

function messageOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof HTMLElement ? target.closest<HTMLElement>(MESSAGE) : null;
}

/** Leaves one control of the message to the Tab key: the one with the focus, else the first. */
function arrange(message: HTMLElement, focused?: HTMLElement): void {
  const controls = controlsOf(message);
  const kept = controls.find((control) => control === focused) ??
    controls.find((control) => control.getAttribute("tabindex") === "0") ?? controls[0];
  for (const control of controls) control.tabIndex = control === kept ? 0 : -1;
}

function controlsOf(message: HTMLElement | null | undefined): HTMLElement[] {
  const controls = message?.querySelectorAll<HTMLElement>(CONTROLS) ?? [];
  return Array.from(controls).filter((control) => control.checkVisibility());
}

function move(event: KeyboardEvent): void {
  const { key, target } = event;
  if (!(target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return;
  // A film turns itself with these.
  if (target instanceof HTMLVideoElement && (key === "ArrowLeft" || key === "ArrowRight")) return;
  const controls = controlsOf(messageOf(target));
  const at = controls.indexOf(target);
  if (at === -1) return;
  const next = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: -1,
  }[key];
  if (next === undefined) return;
  event.preventDefault();
  controls.at(next % controls.length)?.focus();
}
