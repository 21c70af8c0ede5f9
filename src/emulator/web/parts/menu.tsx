/// <reference lib="dom" />
/** A small menu at a button: arrows move, Enter picks, Escape or a touch elsewhere closes. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";
import type { MenuItem } from "./surroundings.ts";

/** `host` is the phone, which the menu stays inside of. */
export function Menu(
  { host, anchor, items, close }: {
    host: HTMLElement;
    anchor: HTMLElement;
    items: readonly MenuItem[];
    close: () => void;
  },
) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (menu.current) put(menu.current, host, anchor);
    menu.current?.querySelector("button")?.focus();
    anchor.setAttribute("aria-expanded", "true");
    return () => anchor.setAttribute("aria-expanded", "false");
  }, [host, anchor]);
  useEffect(() => {
    const elsewhere = ({ target }: Event) => {
      if (target instanceof Node && !menu.current?.contains(target)) close();
    };
    document.addEventListener("pointerdown", elsewhere);
    return () => document.removeEventListener("pointerdown", elsewhere);
  }, [close]);
  const leave = () => {
    close();
    if (anchor.isConnected) anchor.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.stopPropagation();
      event.preventDefault();
      return leave();
    }
    move(event, menu.current);
  };
  return (
    <div ref={menu} class="menu" role="menu" onKeyDown={keys}>
      {items.map(({ label, detail, drawing, act }) => (
        <button
          key={label}
          type="button"
          role="menuitem"
          onClick={() => {
            leave();
            act();
          }}
        >
          {drawing && <Icon name={drawing} />}
          <span>{label}{detail && <small>{detail}</small>}</span>
        </button>
      ))}
    </div>
  );
}

function move(event: KeyboardEvent, menu: HTMLElement | null): void {
  const buttons = Array.from(menu?.querySelectorAll("button") ?? []);
  const at = buttons.findIndex((button) => button === document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -at, End: -at - 1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  buttons.at((at + step) % buttons.length)?.focus();
}

/** Beside the button, on the side where there is room. */
function put(menu: HTMLElement, host: HTMLElement, anchor: HTMLElement): void {
  const frame = host.getBoundingClientRect();
  const at = anchor.getBoundingClientRect();
  // A menu is placed inside of the phone's edge.
  const left = Math.min(at.left - frame.left, host.clientWidth - menu.offsetWidth - 8);
  menu.style.left = `${Math.max(left, 8)}px`;
  const below = at.top - frame.top < frame.height / 2;
  if (below) menu.style.top = `${at.bottom - frame.top + 6}px`;
  else menu.style.bottom = `${frame.bottom - at.top + 6}px`;
}
