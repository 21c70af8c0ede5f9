/** Asks before what cannot be taken back. */
import { Sheet } from "./sheet.tsx";
import type { OnPhone } from "./surroundings.ts";
import { words } from "../live/words.ts";

/** `deed` is the button that goes on; the other is the one with the focus. */
export function askBefore(
  cover: OnPhone["cover"],
  asked: { title: string; words: string; deed: string },
  act: () => void,
): void {
  const close = () => cover(null);
  const go = () => {
    close();
    act();
  };
  cover(
    <Sheet
      title={asked.title}
      choices={[
        { label: asked.deed, dangerous: true, act: go },
        { label: words.cancel, primary: true, act: close },
      ]}
      close={close}
    >
      <p>{asked.words}</p>
    </Sheet>,
  );
}
