/// <reference lib="dom" />
/** A picture; a drawing of ours in place of one that the browser cannot decode. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { words } from "../live/words.ts";

/** With an empty `alt` the place says nothing: the name stands beside it. */
export function Drawn({ alt, ...rest }: JSX.IntrinsicElements["img"] & { alt: string }) {
  const [broken, setBroken] = useState(false);
  if (!broken) return <img {...rest} alt={alt} onError={() => setBroken(true)} />;
  const label = alt === "" ? undefined : `${alt}. ${words.notDrawn}`;
  return (
    <span
      class="undrawn"
      role={label === undefined ? undefined : "img"}
      aria-label={label}
      title={words.notDrawn}
    >
      <Icon name="broken" />
    </span>
  );
}
