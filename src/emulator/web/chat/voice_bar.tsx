/// <reference lib="dom" />
/** What stands in place of the text field while a voice note is recorded. */
import { useEffect, useRef, useState } from "preact/hooks";
import { fieldOf } from "./composer_parts.tsx";
import { Icon } from "../parts/icon.tsx";
import type { Recorder, VoiceNote } from "../live/recorder.ts";
import { usePhone } from "../parts/surroundings.ts";
import { duration } from "../live/wording.ts";
import { words } from "../live/words.ts";

/** `done` is told the note, or null when it is thrown away. */
export function VoiceBar(
  { recorder, done }: { recorder: Recorder; done: (note: VoiceNote | null) => void },
) {
  const { phone } = usePhone();
  const [elapsed, setElapsed] = useState(0);
  const send = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const timer = setInterval(() => setElapsed(recorder.elapsed), 200);
    send.current?.focus();
    return () => clearInterval(timer);
  }, [recorder]);
  const finish = async (wanted: boolean) => {
    if (wanted) return done(await recorder.stop());
    await recorder.cancel();
    done(null);
  };
  return (
    <div
      class="write voice"
      role="group"
      aria-label={words.recording}
      onKeyDown={({ key }) => key === "Escape" && void finish(false)}
    >
      <span class="rec" aria-hidden="true" />
      <span class="elapsed" role="timer">{duration(elapsed)}</span>
      <button type="button" class="cancel" onClick={() => void finish(false)}>
        {words.cancel}
      </button>
      <button
        ref={send}
        id={fieldOf(phone.person.id)}
        type="button"
        class="tool send"
        title={words.sendVoice}
        aria-label={words.sendVoice}
        onClick={() => void finish(true)}
      >
        <Icon name="send" />
      </button>
    </div>
  );
}
