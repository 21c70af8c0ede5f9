/// <reference lib="dom" />
/** Begins a chat with a person, or makes a group or a channel with the bot in it. */
import { useState } from "preact/hooks";
import { Sheet } from "../parts/sheet.tsx";
import { useAround, usePhone } from "../parts/surroundings.ts";
import { fullName } from "../live/wording.ts";
import { words } from "../live/words.ts";

const KINDS = [
  ["group", words.newGroupKind],
  ["supergroup", words.newSupergroupKind],
  ["channel", words.newChannelKind],
  ["direct", words.newDirectKind],
] as const;

export function NewChatSheet({ done }: { done: () => void }) {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const [kind, setKind] = useState<typeof KINDS[number][0]>("group");
  const [title, setTitle] = useState("");
  const [members, setMembers] = useState<readonly number[]>([]);
  const [isAdmin, setAdmin] = useState(false);
  const isDirect = kind === "direct";
  const make = async () => {
    const named = title.trim();
    const [other] = members;
    if (isDirect ? other === undefined : named === "") return;
    done();
    const bot = isAdmin || kind === "channel" ? "administrator" as const : "member" as const;
    const creator = phone.person.id;
    const made = await messenger.addChat(
      phone,
      isDirect
        ? { kind, creator, members: members.slice(0, 1) }
        : { kind, title: named, creator, members: [...members], bot },
    );
    if (made) messenger.show(phone, made.id);
  };
  const choices = [
    { label: words.create, primary: true, act: () => void make() },
    { label: words.cancel, act: done },
  ];
  return (
    <Sheet title={words.newChat} choices={choices} close={done}>
      <div class="segments" role="radiogroup" aria-label={words.chatKind}>
        {KINDS.map(([it, label]) => (
          <button
            key={it}
            type="button"
            role="radio"
            aria-checked={it === kind}
            onClick={() => setKind(it)}
          >
            {label}
          </button>
        ))}
      </div>
      {!isDirect && (
        <input
          class="field"
          maxLength={128}
          required
          placeholder={words.chatTitle}
          aria-label={words.chatTitle}
          autocomplete="off"
          value={title}
          onInput={({ currentTarget }) => setTitle(currentTarget.value)}
        />
      )}
      <People members={members} only={isDirect} choose={setMembers} />
      {(kind === "group" || kind === "supergroup") && (
        <label class="check">
          <input type="checkbox" checked={isAdmin} onChange={() => setAdmin(!isAdmin)} />
          {words.botIsAdmin}
        </label>
      )}
    </Sheet>
  );
}

/** Who else is in it; with `only`, one of them. */
function People(
  { members, only, choose }: {
    members: readonly number[];
    only: boolean;
    choose: (members: readonly number[]) => void;
  },
) {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const others = [...messenger.phones.values()].filter((other) => other !== phone);
  const toggle = (id: number) => {
    if (only) return choose([id]);
    choose(members.includes(id) ? members.filter((it) => it !== id) : [...members, id]);
  };
  return (
    <>
      {others.map(({ person }) => (
        <label key={person.id} class="check">
          <input
            type={only ? "radio" : "checkbox"}
            checked={only ? members[0] === person.id : members.includes(person.id)}
            onChange={() => toggle(person.id)}
          />
          {fullName(person)}
        </label>
      ))}
    </>
  );
}
