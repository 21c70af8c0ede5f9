/// <reference lib="dom" />
/** What this page is, in three steps; for the first visit, and whenever it is asked for. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { giveFocus } from "./give_focus.ts";
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
  useLayoutEffect(() => {
    const before = document.activeElement;
    understood.current?.focus();
    return () => giveFocus(before, document.body);
  }, []);
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
