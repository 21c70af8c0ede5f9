/// <reference lib="dom" />
/** Asks something over one phone, leaving the others usable. The focus returns where it was. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { giveFocus } from "./give_focus.ts";

export interface Choice {
  label: string;
  primary?: boolean;
  /** What cannot be taken back; it is nobody's Enter. */
  dangerous?: boolean;
  act: () => void;
}

/** The primary choice is also Enter's; an urgent sheet is read out at once. */
export function Sheet(
  { title, children, choices, close, urgent = false }: {
    title: string;
    children?: ComponentChildren;
    choices: readonly Choice[];
    close: () => void;
    urgent?: boolean;
  },
) {
  const sheet = useRef<HTMLDivElement>(null);
  // Before the browser takes the focus from what lies below.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const place = sheet.current?.closest(".phone") ?? null;
    const first = sheet.current?.querySelector<HTMLElement>(
      "input:not([type=file]):not([type=hidden]), select, button.primary",
    );
    (first ?? sheet.current)?.focus();
    return () => giveFocus(before, place);
  }, []);
  const primary = choices.find((choice) => choice.primary);
  const submit = (event: Event) => {
    event.preventDefault();
    (primary ?? choices[0])?.act();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Tab") keepInside(event, sheet.current);
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  return (
    <div
      class="backdrop"
      onKeyDown={keys}
      onPointerDown={(event) => event.target === event.currentTarget && close()}
    >
      <div
        ref={sheet}
        class="sheet"
        role={urgent ? "alertdialog" : "dialog"}
        aria-modal="true"
        aria-label={title}
        tabIndex={-1}
      >
        <form onSubmit={submit}>
          {!urgent && <h2>{title}</h2>}
          {children}
          <div class="choices">
            {choices.map((choice) => (
              <button
                key={choice.label}
                type={choice === primary ? "submit" : "button"}
                class={classOf(choice)}
                onClick={choice === primary ? undefined : choice.act}
              >
                {choice.label}
              </button>
            ))}
          </div>
        </form>
      </div>
    </div>
  );
}

function classOf({ primary, dangerous }: Choice): string {
  if (dangerous) return "dangerous";
  return primary ? "primary" : "";
}

/** Tab goes round inside of what must be answered first. */
function keepInside(event: KeyboardEvent, sheet: HTMLElement | null): void {
  const stops = Array.from(
    sheet?.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea") ?? [],
  );
  const [first, last] = [stops[0], stops.at(-1)];
  const from = document.activeElement;
  const leaves = event.shiftKey ? from === first || from === sheet : from === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
