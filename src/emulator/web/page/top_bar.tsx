/// <reference lib="dom" />
/** The line over the phones: whose they are, and what concerns the page as a whole. */
import { useEffect, useRef } from "preact/hooks";
import { Avatar } from "../parts/avatar.tsx";
import { Icon } from "../parts/icon.tsx";
import type { PhoneState } from "../live/phone_state.ts";
import { useAround } from "../parts/surroundings.ts";
import type { Theme } from "./theme.ts";
import { fullName } from "../live/wording.ts";

const THEMES = {
  auto: { label: "Цвета как в системе", drawing: "auto" },
  light: { label: "Светлые цвета", drawing: "sun" },
  dark: { label: "Тёмные цвета", drawing: "moon" },
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
      <nav class="people" aria-label="Чьи телефоны">
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
          title="Добавить человека"
          aria-label="Добавить человека"
          onClick={addPerson}
        >
          <Icon name="plus" />
          <span>Человек</span>
        </button>
      </nav>
      <span class="page-tools">
        <button
          type="button"
          class={trace.isOpen ? "tool pressed" : "tool"}
          title="Что видит бот: вызовы и обновления"
          aria-label="Что видит бот"
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
          title="Что это?"
          aria-label="Что это?"
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
    if (isShown) chip.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
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
      {!isShown && unread > 0 && <span class="count" aria-label={`Новых: ${unread}`}>{unread}
      </span>}
    </button>
  );
}
