/// <reference lib="dom" />
/** The line over the phones: whose they are, and what concerns the page as a whole. */
import { useEffect, useRef } from "preact/hooks";
import { Avatar } from "../parts/avatar.tsx";
import { Count } from "../parts/count.tsx";
import { Icon } from "../parts/icon.tsx";
import type { PhoneState } from "../live/phone_state.ts";
import { useAround } from "../parts/surroundings.ts";
import type { Theme } from "./theme.ts";
import { fullName } from "../live/wording.ts";
import { words } from "../live/words.ts";

const THEMES = {
  auto: { label: words.themeAuto, drawing: "auto" },
  light: { label: words.themeLight, drawing: "sun" },
  dark: { label: words.themeDark, drawing: "moon" },
} as const;

const NEXT = { auto: "light", light: "dark", dark: "auto" } as const;

export function TopBar(
  { shown, theme, setTheme, addPerson, help }: {
    /** The people whose phones are in sight. */
    shown: readonly number[];
    theme: Theme;
    setTheme: (theme: Theme) => void;
    addPerson: () => void;
    help: () => void;
  },
) {
  const { messenger, bring } = useAround();
  const { trace } = messenger;
  const { label, drawing } = THEMES[theme];
  return (
    <header class="top-bar">
      <h1 class="unseen">{words.heading}</h1>
      <nav class="people" aria-label={words.whosePhones}>
        {[...messenger.phones.values()].map((phone) => (
          <PersonChip
            key={phone.person.id}
            phone={phone}
            isShown={shown.includes(phone.person.id)}
            act={() => bring(phone)}
          />
        ))}
        <button
          type="button"
          class="chip add"
          title={words.addPerson}
          aria-label={words.addPerson}
          onClick={addPerson}
        >
          <Icon name="plus" />
          <span>{words.add}</span>
        </button>
      </nav>
      <span class="page-tools">
        <button
          type="button"
          class={trace.isOpen ? "tool pressed" : "tool"}
          title={words.whatBotSeesLong}
          aria-label={words.whatBotSees}
          aria-pressed={trace.isOpen}
          onClick={() => trace.isOpen ? trace.close() : void trace.show(null)}
        >
          <Icon name="braces" />
        </button>
        <button
          type="button"
          class="tool"
          title={label}
          aria-label={label}
          onClick={() => setTheme(NEXT[theme])}
        >
          <Icon name={drawing} />
        </button>
        <button
          type="button"
          class="tool ask"
          title={words.whatIsThis}
          aria-label={words.whatIsThis}
          onClick={help}
        >
          ?
        </button>
      </span>
    </header>
  );
}

function PersonChip(
  { phone, isShown, act }: { phone: PhoneState; isShown: boolean; act: () => void },
) {
  const { person, unread } = phone;
  const chip = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isShown && chip.current) reveal(chip.current);
  }, [isShown]);
  return (
    <button
      ref={chip}
      type="button"
      class={isShown ? "chip shown" : "chip"}
      aria-pressed={isShown}
      title={fullName(person)}
      onClick={act}
    >
      <Avatar id={person.id} name={fullName(person)} kind="small" />
      <span>{person.first_name}</span>
      {!isShown && <Count of={unread} />}
    </button>
  );
}

/** Scrolls the line of people to one of them. `scrollIntoView` would have Tab begin there. */
function reveal(chip: HTMLElement): void {
  const line = chip.parentElement;
  if (!line) return;
  const [all, one] = [line.getBoundingClientRect(), chip.getBoundingClientRect()];
  if (one.left < all.left) line.scrollLeft -= all.left - one.left;
  else if (one.right > all.right) line.scrollLeft += one.right - all.right;
}
