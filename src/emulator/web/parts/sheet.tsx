/// <reference lib="dom" />
/** Asks something over one phone, leaving the others usable. The focus returns where it was. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface Choice {
  label: string;
  primary?: boolean;
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
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const first = form.current?.querySelector<HTMLElement>(
      "input:not([type=file]):not([type=hidden]), select, button.primary",
    );
    (first ?? form.current)?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const primary = choices.find((choice) => choice.primary);
  const submit = (event: Event) => {
    event.preventDefault();
    (primary ?? choices[0])?.act();
  };
  const keys = (event: KeyboardEvent) => {
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
      <form
        ref={form}
        class="sheet"
        role={urgent ? "alertdialog" : "dialog"}
        aria-modal="true"
        aria-label={title}
        tabIndex={-1}
        onSubmit={submit}
      >
        {!urgent && <h2>{title}</h2>}
        {children}
        <div class="choices">
          {choices.map((choice) => (
            <button
              key={choice.label}
              type={choice === primary ? "submit" : "button"}
              class={choice.primary ? "primary" : ""}
              onClick={choice === primary ? undefined : choice.act}
            >
              {choice.label}
            </button>
          ))}
        </div>
      </form>
    </div>
  );
}
