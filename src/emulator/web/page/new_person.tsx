/// <reference lib="dom" />
/** Adds a person, who gets a phone of their own. */
import { useState } from "preact/hooks";
import { control, type Person } from "../live/control.ts";
import { Sheet } from "../parts/sheet.tsx";
import { words } from "../live/words.ts";

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
  const [language_code, setLanguage] = useState(words.language);
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
    { label: words.add, primary: true, act: () => void add() },
    { label: words.cancel, act: () => done(null) },
  ];
  return (
    <Sheet title={words.newPerson} choices={choices} close={() => done(null)}>
      <Field label={words.firstName} value={first_name} set={setFirst} required />
      <Field label={words.lastName} value={last_name} set={setLast} />
      <Field label={words.username} value={username} set={setUsername} />
      <select
        class="field"
        aria-label={words.personLanguage}
        value={language_code}
        onChange={({ currentTarget }) => setLanguage(currentTarget.value)}
      >
        {LANGUAGES.map(([code, name]) => <option key={code} value={code}>{name}</option>)}
      </select>
      {failed && <p class="why" role="alert">{words.notAdded}</p>}
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
