/// <reference lib="dom" />
/** What a bot developer wants to see: the raw calls and updates, as they happen. */
import { useEffect, useRef } from "preact/hooks";
import type { ApiCall, TracedUpdate } from "../live/control.ts";
import { Icon } from "../parts/icon.tsx";
import { JsonText } from "../parts/json_text.tsx";
import { useAround } from "../parts/surroundings.ts";
import type { TraceEntry } from "../live/trace_log.ts";
import { counted } from "../live/wording.ts";

const TIME = new Intl.DateTimeFormat("ru", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

export function Drawer() {
  const { messenger: { trace } } = useAround();
  const list = useRef<HTMLOListElement>(null);
  const last = trace.entries.at(-1)?.n;
  useEffect(() => {
    const place = list.current?.parentElement;
    if (place) place.scrollTop = place.scrollHeight;
  }, [last, trace.focus]);
  return (
    <aside class="drawer" aria-label="Что видит бот">
      <header>
        <strong>Что видит бот</strong>
        {trace.focus
          ? (
            <button type="button" class="pill" onClick={() => void trace.show(null)}>
              Сообщение {trace.focus.message} <Icon name="close" />
            </button>
          )
          : <span class="pill">вживую</span>}
        <button
          type="button"
          class="tool"
          title="Закрыть"
          aria-label="Закрыть вызовы"
          onClick={() => trace.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="entries" tabIndex={0} aria-label="Вызовы и обновления">
        {trace.entries.length === 0 && (
          <p class="empty">
            Пока тихо. Напишите боту — здесь появится обновление, которое он получит, и вызовы,
            которыми он ответит.
          </p>
        )}
        <ol ref={list}>
          {trace.entries.map((entry) => <Entry key={entry.n} entry={entry} />)}
        </ol>
      </div>
    </aside>
  );
}

function Entry({ entry }: { entry: TraceEntry }) {
  return <li>{entry.call ? <Call call={entry.call} /> : <Heard update={entry.update} />}</li>;
}

function Call({ call }: { call: ApiCall }) {
  const { method, params, ok, error_code, description, result, violations, at } = call;
  return (
    <details class={ok && violations.length === 0 ? "call" : "call wrong"}>
      <summary>
        <span class="way" title="Бот вызвал">←</span>
        <strong>{method}</strong>
        {!ok && <span class="code">{error_code}</span>}
        <time>{TIME.format(at)}</time>
        {!ok && <span class="told">{description}</span>}
        <Violations of={violations} />
      </summary>
      <h3>Параметры</h3>
      <JsonText value={params} />
      {result !== undefined && <h3>Ответ</h3>}
      {result !== undefined && <JsonText value={result} />}
    </details>
  );
}

const STATES: Readonly<Record<TracedUpdate["state"], string>> = {
  unwanted: "бот таких не просил",
  pending: "ждёт бота",
  delivered: "передано",
  confirmed: "принято",
};

function Heard({ update: { update, state, deliveries, at } }: {
  update: TracedUpdate;
}) {
  const { update_id, ...content } = update;
  const times = deliveries > 1 ? `, ${counted(deliveries, "раз", "раза", "раз")}` : "";
  return (
    <details class="update">
      <summary>
        <span class="way" title="Бот узнал">→</span>
        <strong>{Object.keys(content)[0]}</strong>
        <span class={`state ${state}`}>{STATES[state]}{times}</span>
        <time>{TIME.format(at)}</time>
      </summary>
      <h3>update_id {update_id}</h3>
      <JsonText value={content} />
    </details>
  );
}

/** What the field table says against it. */
function Violations({ of }: { of: readonly string[] }) {
  return <>{of.map((violation) => <span key={violation} class="told">{violation}</span>)}</>;
}
