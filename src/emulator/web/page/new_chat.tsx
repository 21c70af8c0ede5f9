/// <reference lib="dom" />
/** Begins a chat with a person, or makes a group or a channel with the bot in it. */
import { useState } from "preact/hooks";
import { Sheet } from "../parts/sheet.tsx";
import { useAround, usePhone } from "../parts/surroundings.ts";
import { fullName } from "../live/wording.ts";

const KINDS = [
  ["group", "Группа"],
  ["supergroup", "Супергруппа"],
  ["channel", "Канал"],
  ["direct", "Личный"],
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
    { label: "Создать", primary: true, act: () => void make() },
    { label: "Отмена", act: done },
  ];
  return (
    <Sheet title="Новый чат" choices={choices} close={done}>
      <div class="segments" role="radiogroup" aria-label="Вид чата">
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
          placeholder="Название"
          aria-label="Название"
          autocomplete="off"
          value={title}
          onInput={({ currentTarget }) => setTitle(currentTarget.value)}
        />
      )}
      <People members={members} only={isDirect} choose={setMembers} />
      {(kind === "group" || kind === "supergroup") && (
        <label class="check">
          <input type="checkbox" checked={isAdmin} onChange={() => setAdmin(!isAdmin)} />
          Бот — администратор: видит все сообщения
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
