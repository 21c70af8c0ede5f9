/// <reference lib="dom" />
/** What this page is, in three steps; for the first visit, and whenever it is asked for. */
import { useEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";

const STEPS: readonly { drawing: IconName; title: string; words: string }[] = [
  {
    drawing: "send",
    title: "Пишите боту",
    words: "Нажмите «Начать» или выберите команду в меню. Отвечает настоящий бот.",
  },
  {
    drawing: "photo",
    title: "Шлите картинки",
    words: "Скрепкой, из буфера или перетащив на телефон. Несколько уйдут альбомом.",
  },
  {
    drawing: "scan",
    title: "Сканируйте",
    words: "Под QR-кодом есть кнопка: навести на него камеру другого телефона.",
  },
];

export function Hint({ close }: { close: () => void }) {
  const understood = useRef<HTMLButtonElement>(null);
  useEffect(() => understood.current?.focus(), []);
  return (
    <section class="hint" aria-label="Что это?">
      <div class="hint-words">
        <h2>Телефоны рядом, и между ними маленький Telegram</h2>
        <p>Всё живёт на этом компьютере: ни токена, ни настоящих людей не нужно.</p>
      </div>
      <ol>
        {STEPS.map(({ drawing, title, words }) => (
          <li key={title}>
            <span class="badge">
              <Icon name={drawing} />
            </span>
            <span>
              <strong>{title}</strong>
              <small>{words}</small>
            </span>
          </li>
        ))}
      </ol>
      <button ref={understood} type="button" class="primary" onClick={close}>Понятно</button>
    </section>
  );
}
