/** A round with letters, its colour by the id. */
import type { ChatView } from "../live/control.ts";
import { Icon, type IconName } from "./icon.tsx";
import { initials } from "../live/wording.ts";

/** `drawing` instead of letters, for what has no name of its own. */
export function Avatar(
  { id, name, drawing, kind = "" }: {
    id: number;
    name: string;
    drawing?: IconName;
    kind?: string;
  },
) {
  return (
    <span class={`avatar ${kind}`} data-hue={Math.abs(id) % 6} aria-hidden="true">
      {drawing ? <Icon name={drawing} /> : initials(name)}
    </span>
  );
}

/** A chat's: red for the bot's own, letters for a person's, a drawing for a group's. */
export function ChatAvatar({ view, size }: { view: ChatView; size: string }) {
  const { id, kind, title } = view;
  if (kind === "private") return <Avatar id={id} name={title} kind={`${size} bot`} />;
  if (kind === "direct") return <Avatar id={id} name={title} kind={size} />;
  const drawing = kind === "channel" ? "channel" : "group";
  return <Avatar id={id} name={title} kind={size} drawing={drawing} />;
}
