/// <reference lib="dom" />
/** What this page is, in three steps; for the first visit, and whenever it is asked for. */
import { useEffect, useRef } from "preact/hooks";
import { Icon, type IconName } from "./icon.tsx";
import { words } from "../live/words.ts";

const STEPS: readonly { drawing: IconName; title: string; words: string }[] = [
  {
    drawing: "send",
    title: words.hintWrite,
    words: words.hintWriteWords,
  },
  {
    drawing: "photo",
    title: words.hintPictures,
    words: words.hintPicturesWords,
  },
  {
    drawing: "scan",
    title: words.hintScan,
    words: words.hintScanWords,
  },
];

export function Hint({ close }: { close: () => void }) {
  const understood = useRef<HTMLButtonElement>(null);
  useEffect(() => understood.current?.focus(), []);
  return (
    <section class="hint" aria-label={words.whatIsThis}>
      <div class="hint-words">
        <h2>{words.hintTitle}</h2>
        <p>{words.hintWords}</p>
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
      <button ref={understood} type="button" class="primary" onClick={close}>
        {words.understood}
      </button>
    </section>
  );
}
