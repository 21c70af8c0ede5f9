/// <reference lib="dom" />
/** One phone: whose it is, and the list of chats or the chat on its screen. */
import type { ComponentChildren } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { Avatar } from "../parts/avatar.tsx";
import { ChatList } from "./chat_list.tsx";
import { ChatView } from "../chat/chat_view.tsx";
import { Icon } from "../parts/icon.tsx";
import { Menu } from "../parts/menu.tsx";
import type { Notice, PhoneState } from "../live/phone_state.ts";
import { Sheet } from "../parts/sheet.tsx";
import {
  type MenuItem,
  type OnPhone,
  PhoneProvider,
  useAround,
  usePhone,
} from "../parts/surroundings.ts";
import { fullName } from "../live/wording.ts";
import { words } from "../live/words.ts";

/** `close` puts the phone away; null where it is the only one in sight. */
export function Phone({ phone, close }: { phone: PhoneState; close: (() => void) | null }) {
  const frame = useRef<HTMLElement>(null);
  const [sheet, cover] = useState<ComponentChildren | null>(null);
  const [menu, setMenu] = useState<{ anchor: HTMLElement; items: readonly MenuItem[] } | null>(
    null,
  );
  const onPhone = useMemo<OnPhone>(
    () => ({ phone, cover, openMenu: (anchor, items) => setMenu({ anchor, items }) }),
    [phone],
  );
  const closeMenu = useMemo(() => () => setMenu(null), []);
  const state = phone.open === null ? undefined : phone.chats.get(phone.open);
  const name = useAround().messenger.nameOf(phone.person);
  const isCovered = sheet !== null || phone.notice?.alert === true;
  return (
    <section
      ref={frame}
      class="phone"
      data-person={phone.person.id}
      aria-label={words.phoneOf(name)}
    >
      <PhoneProvider value={onPhone}>
        <div class="screen" inert={isCovered}>
          <OwnerBar phone={phone} name={name} close={close} />
          {state ? <ChatView key={state.view.id} state={state} /> : <ChatList />}
        </div>
        {sheet}
        {menu && frame.current && (
          <Menu
            key={menu.items[0]?.label}
            host={frame.current}
            anchor={menu.anchor}
            items={menu.items}
            close={closeMenu}
          />
        )}
        {phone.notice?.alert && <Alert key={phone.notice.id} notice={phone.notice} />}
      </PhoneProvider>
    </section>
  );
}

/** The strip on top, as a phone's own: here it says whose phone it is. */
function OwnerBar(
  { phone, name, close }: { phone: PhoneState; name: string; close: (() => void) | null },
) {
  const { person } = phone;
  const username = person.username ? ` · @${person.username}` : "";
  return (
    <div class="owner-bar" title={`${fullName(person)}${username}, id ${person.id}`}>
      <Avatar id={person.id} name={fullName(person)} kind="small" />
      <span class="owner">{fullName(person)}</span>
      <span class="language">{person.language_code}</span>
      {close && (
        <button
          type="button"
          class="put-away"
          title={words.putAway}
          aria-label={words.putAwayOf(name)}
          onClick={close}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}

/** A box that wants to be closed. */
function Alert({ notice }: { notice: Notice }) {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const dismiss = () => messenger.dismiss(phone, notice);
  const choices = [{ label: words.understood, primary: true, act: dismiss }];
  return (
    <Sheet title={words.botSays} choices={choices} close={dismiss} urgent>
      <p>{notice.text}</p>
    </Sheet>
  );
}
