/** How many messages are new, on whatever leads to them; nothing where none is. */
import { words } from "../live/words.ts";

export function Count({ of }: { of: number }) {
  if (of === 0) return null;
  return <span class="count" role="img" aria-label={words.unread(of)}>{of > 99 ? "99+" : of}</span>;
}
