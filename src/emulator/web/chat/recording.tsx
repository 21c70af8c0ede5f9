/// <reference lib="dom" />
/** A voice note or a piece of music with a button to play it. */
import { useRef, useState } from "preact/hooks";
import { control } from "../live/control.ts";
import { Icon } from "../parts/icon.tsx";
import { duration } from "../live/wording.ts";
import { words } from "../live/words.ts";

const BARS = 32;

/** `seconds` is what the message says of its length. */
export function Recording(
  { file_id, seconds, title }: { file_id: string; seconds: number; title: string },
) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [broken, setBroken] = useState(false);
  const toggle = () => {
    const { current } = audio;
    if (current?.paused) current.play().catch(() => setBroken(true));
    else current?.pause();
  };
  const share = seconds > 0 ? Math.min(at / seconds, 1) : 0;
  const label = playing ? words.pause : words.listen;
  return (
    <div class="recording">
      <button type="button" class="badge" aria-label={label} title={label} onClick={toggle}>
        <Icon name={playing ? "pause" : "play"} />
      </button>
      <span class="about">
        {title ? <strong>{title}</strong> : <Wave seed={file_id} share={share} />}
        <small>
          {broken ? words.notPlayed : duration(at > 0 && playing ? at : seconds)}
        </small>
      </span>
      <audio
        ref={audio}
        src={control.fileUrl(file_id)}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
        onEnded={() => setAt(0)}
      />
    </div>
  );
}

/** The file's name drawn as bars: every recording looks its own, the same each time. */
function Wave({ seed, share }: { seed: string; share: number }) {
  const bars = Array.from({ length: BARS }, (_, i) => {
    const height = 4 + (seed.charCodeAt(i * 7 % seed.length) * (i + 3)) % 15;
    const played = i / BARS < share;
    return (
      <rect
        key={i}
        class={played ? "played" : ""}
        x={i * 5}
        y={20 - height}
        width="3"
        rx="1.5"
        height={height}
      />
    );
  });
  return <svg class="wave" viewBox="0 0 160 20" aria-hidden="true">{bars}</svg>;
}
