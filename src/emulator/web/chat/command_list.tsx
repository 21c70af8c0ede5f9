/// <reference lib="dom" />
/** The bot's commands over the text field. */
import type { BotCommand } from "grammy/types";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../live/words.ts";

/** The commands that what is typed may become; none unless it begins with a slash. */
export function fittingCommands(typed: string, commands: readonly BotCommand[]): BotCommand[] {
  if (!/^\/[a-z0-9_]*$/i.test(typed)) return [];
  return commands.filter(({ command }) => command.startsWith(typed.slice(1).toLowerCase()));
}

/** `at` is the marked one. The field keeps the focus. */
export function CommandList(
  { id, commands, at, pick }: {
    id: string;
    commands: readonly BotCommand[];
    at: number;
    pick: (at: number) => void;
  },
) {
  const marked = useRef<HTMLLIElement>(null);
  useEffect(() => marked.current?.scrollIntoView({ block: "nearest" }), [at]);
  return (
    <ul id={id} class="commands" role="listbox" aria-label={words.commands}>
      {commands.map(({ command, description }, i) => (
        <li
          key={command}
          ref={i === at ? marked : null}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === at}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => pick(i)}
        >
          <strong>/{command}</strong>
          <span>{description}</span>
        </li>
      ))}
    </ul>
  );
}
