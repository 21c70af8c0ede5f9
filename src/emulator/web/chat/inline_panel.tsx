/// <reference lib="dom" />
/** The results of an inline query over the text field. */
import type { InlineQueryResult } from "grammy/types";
import { control } from "../live/control.ts";
import { Drawn } from "../parts/drawn.tsx";
import type { InlineAnswers } from "./inline_query.ts";
import { words } from "../live/words.ts";

/** `choose` is told a line; `start` a button's parameter. */
export function InlinePanel(
  { id, answers, at, choose, start }: {
    id: string;
    answers: InlineAnswers | null;
    at: number;
    choose: (at: number) => void;
    start: (parameter: string) => void;
  },
) {
  const results = answers?.results ?? null;
  const button = answers?.button;
  const parameter = button && "start_parameter" in button ? button.start_parameter : undefined;
  return (
    <div class="inline-panel" onPointerDown={(event) => event.preventDefault()}>
      {button && (
        <button type="button" class="pm" onClick={() => start(parameter ?? "")}>
          {button.text}
        </button>
      )}
      {results === null && <p class="empty">{words.searching}</p>}
      {results?.length === 0 && <p class="empty">{words.nothingFound}</p>}
      {results !== null && results.length > 0 && (
        <ul id={id} role="listbox" aria-label={words.botOffers}>
          {results.map((result, i) => (
            <li
              key={result.id}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === at}
              onClick={() => choose(i)}
            >
              <Thumbnail result={result} />
              <span>
                <strong>{titleOf(result)}</strong>
                <small>{detailOf(result)}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Thumbnail({ result }: { result: InlineQueryResult }) {
  if ("photo_file_id" in result) {
    return <Drawn src={control.fileUrl(result.photo_file_id)} alt="" />;
  }
  return <span class="letter" aria-hidden="true">{Array.from(titleOf(result))[0] ?? "?"}</span>;
}

function titleOf(result: InlineQueryResult): string {
  if ("title" in result && result.title) return result.title;
  if ("first_name" in result) return result.first_name;
  return "caption" in result && result.caption ? result.caption : words.untitled;
}

function detailOf(result: InlineQueryResult): string {
  if ("description" in result && result.description) return result.description;
  const content = "input_message_content" in result ? result.input_message_content : undefined;
  if (content && "message_text" in content) return content.message_text;
  return "caption" in result && result.caption ? result.caption : "";
}
