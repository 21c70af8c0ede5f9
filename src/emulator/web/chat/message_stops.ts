/// <reference lib="dom" />
/**
 * Each message is one stop of the Tab key, whatever it holds: inside of it the arrows move, Home and
 * End go to its first and last button.
 */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

const MESSAGE = "li[data-message]";
const CONTROLS = "a[href], button, video[controls]";

export function useMessageStops(list: RefObject<HTMLOListElement>): void {
  useEffect(() => {
    const place = list.current;
    if (!place) return;
    const arrangeAll = () =>
      place.querySelectorAll<HTMLElement>(MESSAGE).forEach((it) => arrange(it));
    const watch = new MutationObserver(arrangeAll);
    watch.observe(place, { childList: true, subtree: true });
    const take = ({ target }: Event) => {
      if (target instanceof HTMLElement) arrange(target.closest<HTMLElement>(MESSAGE), target);
    };
    place.addEventListener("focusin", take);
    place.addEventListener("keydown", move);
    arrangeAll();
    return () => {
      watch.disconnect();
      place.removeEventListener("focusin", take);
      place.removeEventListener("keydown", move);
    };
  }, []);
}

/** Leaves one control of the message to the Tab key: the one with the focus, else the first. */
function arrange(message: HTMLElement | null, focused?: HTMLElement): void {
  const controls = controlsOf(message);
  const kept = controls.find((control) => control === focused) ??
    controls.find((control) => control.tabIndex === 0 && control.hasAttribute("tabindex")) ??
    controls[0];
  for (const control of controls) control.tabIndex = control === kept ? 0 : -1;
}

function controlsOf(message: HTMLElement | null): HTMLElement[] {
  const controls = message?.querySelectorAll<HTMLElement>(CONTROLS) ?? [];
  return Array.from(controls).filter((control) => control.checkVisibility());
}

function move(event: KeyboardEvent): void {
  const { key, target } = event;
  if (!(target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return;
  // A film turns itself with these.
  if (target instanceof HTMLVideoElement && (key === "ArrowLeft" || key === "ArrowRight")) return;
  const controls = controlsOf(target.closest<HTMLElement>(MESSAGE));
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
