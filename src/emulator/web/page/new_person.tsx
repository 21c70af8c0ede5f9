/// <reference lib="dom" />
/** Adds a person, who gets a phone of their own. */
import { useState } from "preact/hooks";
import { control, type Person } from "../live/control.ts";
import { Sheet } from "../parts/sheet.tsx";

const LANGUAGES = [
  ["ru", "Русский"],
  ["en", "English"],
  ["uk", "Українська"],
  ["de", "Deutsch"],
  ["es", "Español"],
  ["ar", "العربية"],
  ["zh-hans", "中文"],
] as const;

/** `done` is told who was added, or null. */
export function NewPersonSheet({ done }: { done: (person: Person | null) => void }) {
  const [first_name, setFirst] = useState("");
  const [last_name, setLast] = useState("");
  const [username, setUsername] = useState("");
  const [language_code, setLanguage] = useState("ru");
  const [failed, setFailed] = useState(false);
  const add = async () => {
    const name = first_name.trim();
    if (name === "") return;
    const nick = username.trim().replace(/^@/, "");
    try {
      done(
        await control.addPerson({
          first_name: name,
          language_code,
          ...last_name.trim() && { last_name: last_name.trim() },
          ...nick && { username: nick },
        }),
      );
    } catch {
      setFailed(true);
    }
  };
  const choices = [
    { label: "Добавить", primary: true, act: () => void add() },
    { label: "Отмена", act: () => done(null) },
  ];
  return (
    <Sheet title="Новый человек" choices={choices} close={() => done(null)}>
      <Field label="Имя" value={first_name} set={setFirst} required />
      <Field label="Фамилия, если нужна" value={last_name} set={setLast} />
      <Field label="@имя, если нужно" value={username} set={setUsername} />
      <select
        class="field"
        aria-label="Язык"
        value={language_code}
        onChange={({ currentTarget }) => setLanguage(currentTarget.value)}
      >
        {LANGUAGES.map(([code, name]) => <option key={code} value={code}>{name}</option>)}
      </select>
      {failed && <p class="why" role="alert">Не получилось добавить: может быть, имя занято?</p>}
    </Sheet>
  );
}

function Field(
  { label, value, set, required = false }: {
    label: string;
    value: string;
    set: (value: string) => void;
    required?: boolean;
  },
) {
  return (
    <input
      type="text"
      class="field"
      maxLength={64}
      required={required}
      placeholder={label}
      aria-label={label}
      autocomplete="off"
      value={value}
      onInput={({ currentTarget }) => set(currentTarget.value)}
    />
  );
}
