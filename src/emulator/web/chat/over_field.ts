/** The list over a text field: commands or inline results, and which line of it is marked. */
import type { BotCommand } from "grammy/types";
import { useEffect, useState } from "preact/hooks";
import type { Acts } from "../live/acts.ts";
import { fittingCommands } from "./command_list.tsx";
import { type InlineAnswers, inlineWords, useInlineQuery } from "./inline_query.ts";
import { useAround, useChat, usePhone } from "../parts/surroundings.ts";

export interface OverField {
  is: "nothing" | "commands" | "inline";
  commands: readonly BotCommand[];
  answers: InlineAnswers | null;
  /** How many lines there are to choose from. */
  count: number;
  /** The marked line. */
  at: number;
  /** Whether a key was the list's; `pick` is told which line was chosen. */
  takes: (event: KeyboardEvent, pick: (at: number) => void) => boolean;
  /** Shows every command, or none. */
  toggle: () => void;
  close: () => void;
}

/** What to show over a field in which `typed` stands. */
export function useOverField(typed: string, acts: Acts): OverField {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const { state } = useChat();
  const [all, setAll] = useState(false);
  const [dismissed, setDismissed] = useState("");
  const [at, setAt] = useState(0);
  const answers = useInlineQuery(inlineWords(typed, messenger.bot.username), phone, acts);
  const isInline = inlineWords(typed, messenger.bot.username) !== null && dismissed !== typed;
  const fitting = dismissed === typed && typed !== "" ? [] : fittingCommands(typed, state.commands);
  const commands = all ? state.commands : fitting;
  const is = isInline ? "inline" : commands.length > 0 ? "commands" : "nothing";
  const count = is === "inline" ? answers?.results?.length ?? 0 : commands.length;
  useEffect(() => setAt(0), [typed, all, count]);
  const close = () => {
    setAll(false);
    setDismissed(typed);
  };
  const takes = (event: KeyboardEvent, pick: (at: number) => void): boolean => {
    const { key } = event;
    if (is === "nothing") return false;
    if (key === "Escape") close();
    else if (count === 0) return false;
    else if (key === "ArrowDown" || key === "ArrowUp") {
      setAt((at + (key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if ((key === "Enter" && !event.shiftKey) || key === "Tab") {
      setAll(false);
      pick(at);
    } else return false;
    event.preventDefault();
    return true;
  };
  return {
    is,
    commands,
    answers,
    count: is === "nothing" ? 0 : count,
    at,
    takes,
    toggle: () => setAll(!all),
    close,
  };
}
