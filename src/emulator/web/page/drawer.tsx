/// <reference lib="dom" />
/** What a bot developer wants to see: the raw calls and updates, as they happen. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ApiCall, TracedUpdate } from "../live/control.ts";
import { giveFocus } from "../parts/give_focus.ts";
import { Icon } from "../parts/icon.tsx";
import { JsonText } from "../parts/json_text.tsx";
import { useAround } from "../parts/surroundings.ts";
import type { TraceEntry } from "../live/trace_log.ts";
import { locale, words } from "../live/words.ts";

const TIME = new Intl.DateTimeFormat(locale, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});

export function Drawer() {
  const { messenger: { trace } } = useAround();
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => giveFocus(before);
  }, []);
  const last = trace.entries.at(-1)?.n;
  useEffect(() => {
    const place = list.current?.parentElement;
    if (place) place.scrollTop = place.scrollHeight;
  }, [last, trace.focus]);
  return (
    <aside
      class="drawer"
      aria-label={words.whatBotSees}
      onKeyDown={({ key }) => key === "Escape" && trace.close()}
    >
      <header>
        <h2>{words.whatBotSees}</h2>
        {trace.focus
          ? (
            <button
              type="button"
              class="pill"
              title={words.showAllCalls(trace.focus.message)}
              aria-label={words.showAllCalls(trace.focus.message)}
              onClick={() => void trace.show(null)}
            >
              {words.messageNumber(trace.focus.message)} <Icon name="close" />
            </button>
          )
          : <span class="pill">{words.live}</span>}
        <button
          type="button"
          class="tool"
          title={words.close}
          aria-label={words.closeCalls}
          onClick={() => trace.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="entries" tabIndex={0} role="group" aria-label={words.calls}>
        {trace.entries.length === 0 && <p class="empty">{words.noCalls}</p>}
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
        <span class="way" title={words.botCalled}>←</span>
        <strong>{method}</strong>
        {!ok && <span class="code">{error_code}</span>}
        <time>{TIME.format(at)}</time>
        {!ok && <span class="told">{description}</span>}
        <Violations of={violations} />
      </summary>
      <h3>{words.parameters}</h3>
      <JsonText value={params} />
      {result !== undefined && <h3>{words.answer}</h3>}
      {result !== undefined && <JsonText value={result} />}
    </details>
  );
}

const STATES: Readonly<Record<TracedUpdate["state"], string>> = {
  unwanted: words.updateUnwanted,
  pending: words.updatePending,
  delivered: words.updateDelivered,
  confirmed: words.updateConfirmed,
};

function Heard({ update: { update, state, deliveries, at } }: {
  update: TracedUpdate;
}) {
  const { update_id, ...content } = update;
  const times = deliveries > 1 ? `, ${words.times(deliveries)}` : "";
  return (
    <details class="update">
      <summary>
        <span class="way" title={words.botHeard}>→</span>
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
