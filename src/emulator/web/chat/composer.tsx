/// <reference lib="dom" />
/** The text field of one chat with everything around it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Acts } from "../live/acts.ts";
import { CommandList } from "./command_list.tsx";
import { AttachButton, fieldOf, type Purpose, sendPlace, Strip, Tool } from "./composer_parts.tsx";
import { InlinePanel } from "./inline_panel.tsx";
import { ReplyKeyboard } from "./keyboards.tsx";
import { type OverField, useOverField } from "./over_field.ts";
import { Recorder } from "../live/recorder.ts";
import { useAround, useChat, usePhone } from "../parts/surroundings.ts";
import { VoiceBar } from "./voice_bar.tsx";
import { words } from "../live/words.ts";

export interface ComposerProps {
  purpose: Purpose;
  setPurpose: (purpose: Purpose) => void;
  /** Asks how to send files, then sends them. */
  upload: (files: readonly File[]) => void;
}

const PLAIN: Purpose = { is: "new" };

export function Composer(props: ComposerProps) {
  const { messenger } = useAround();
  const { phone } = usePhone();
  const { state } = useChat();
  const acts = new Acts(messenger, phone, state.view.id);
  const [recorder, setRecorder] = useState<Recorder | null>(null);
  const record = () =>
    Recorder.start().then(
      setRecorder,
      () => messenger.note(phone, words.noMicrophone),
    );
  if (!recorder) return <Writing {...props} acts={acts} record={() => void record()} />;
  return (
    <div class="composer">
      <VoiceBar
        recorder={recorder}
        done={(note) => {
          setRecorder(null);
          if (note) void acts.upload([note.file], "voice", { duration: note.duration });
        }}
      />
    </div>
  );
}

type WritingProps = ComposerProps & { acts: Acts; record: () => void };

function Writing({ purpose, setPurpose, upload, acts, record }: WritingProps) {
  const { phone } = usePhone();
  const { state } = useChat();
  const draft = useDraft(purpose, setPurpose, acts);
  const { text, field } = draft;
  const over = useOverField(text, acts);
  const lists = `over-${phone.person.id}`;
  const keys = useReplyKeys(acts);
  const pick = (at: number) => {
    if (over.is === "commands") void draft.send(`/${over.commands[at]?.command ?? ""}`);
    const result = over.answers?.results?.[at];
    if (over.is !== "inline" || !over.answers || !result) return;
    draft.setText("");
    void acts.choose(over.answers.inline_query_id, result.id);
  };
  return (
    <div class="composer">
      <Over id={lists} over={over} pick={pick} send={draft.send} />
      {purpose.is !== "new" && <Strip purpose={purpose} giveUp={draft.giveUp} />}
      <form class="write" onSubmit={(event) => event.preventDefault()}>
        {state.commands.length > 0 && (
          <Tool
            label={words.commands}
            drawing="menu"
            keepsFocus
            act={() => {
              field.current?.focus();
              over.toggle();
            }}
          />
        )}
        <AttachButton acts={acts} upload={upload} record={record} />
        <textarea
          ref={field}
          id={fieldOf(phone.person.id)}
          rows={1}
          value={text}
          placeholder={state.keyboard?.input_field_placeholder ?? words.field}
          aria-label={words.field}
          aria-autocomplete="list"
          aria-controls={over.count > 0 ? lists : undefined}
          aria-activedescendant={over.count > 0 ? `${lists}-${over.at}` : undefined}
          autocomplete="off"
          enterkeyhint="send"
          onInput={({ currentTarget }) => draft.setText(currentTarget.value)}
          onBlur={over.close}
          onKeyDown={(event) => {
            if (!event.isComposing && !over.takes(event, pick)) draft.keys(event);
          }}
        />
        {keys.toggle}
        {text.trim() === "" ? <Tool label={words.record} drawing="voice" act={record} /> : (
          <Tool
            label={words.send}
            drawing="send"
            kind="send"
            act={() => void draft.send(text)}
          />
        )}
      </form>
      {keys.keyboard}
    </div>
  );
}

/** The commands or the inline results over the field. */
function Over(
  { id, over, pick, send }: {
    id: string;
    over: OverField;
    pick: (at: number) => void;
    send: (text: string) => Promise<void>;
  },
) {
  if (over.is === "commands") {
    return <CommandList id={id} commands={over.commands} at={over.at} pick={pick} />;
  }
  if (over.is !== "inline") return null;
  return (
    <InlinePanel
      id={id}
      answers={over.answers}
      at={over.at}
      choose={pick}
      start={(payload) => void send(`/start ${payload}`)}
    />
  );
}

/** What is being written, and how it goes out. */
function useDraft(purpose: Purpose, setPurpose: (purpose: Purpose) => void, acts: Acts) {
  const { phone } = usePhone();
  const { state } = useChat();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  useEffect(() => {
    if (state.draft === null) return;
    setText(state.draft);
    state.draft = null;
    field.current?.focus();
  }, [state.draft]);
  useEffect(() => {
    if (purpose.is === "edit") setText(purpose.message.text ?? purpose.message.caption ?? "");
    if (purpose.is !== "new") field.current?.focus();
  }, [purpose]);
  useEffect(() => fit(field.current), [text]);

  const send = async (typed: string) => {
    const said = typed.trim();
    field.current?.focus();
    if (said === "") return;
    setText("");
    setPurpose(PLAIN);
    const went = purpose.is === "edit"
      ? await acts.edit(purpose.message.message_id, said)
      : await acts.say(said, purpose.is === "reply" ? purpose.message.message_id : undefined);
    // Nothing typed is lost, unless the person has already begun another text.
    if (!went) setText((now) => now === "" ? typed : now);
  };
  const giveUp = () => {
    if (purpose.is === "edit") setText("");
    setPurpose(PLAIN);
  };
  const editLast = () => {
    const own = state.messages.findLast(({ from, text }) => from?.id === phone.person.id && text);
    if (own) setPurpose({ is: "edit", message: own });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Escape") giveUp();
    if (event.key === "ArrowUp" && text === "") editLast();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    void send(text);
  };
  return { field, text, setText, send, giveUp, keys };
}

/** As high as its text, up to what the style sheet allows. */
function fit(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

/** The bot's reply keyboard, and the button that hides it. */
function useReplyKeys(acts: Acts) {
  const { state: { keyboard } } = useChat();
  const [shown, setShown] = useState(true);
  useEffect(() => setShown(true), [keyboard]);
  if (!keyboard) return { toggle: null, keyboard: null };
  const press = (label: string, request: "contact" | "location" | null) => {
    if (keyboard.one_time_keyboard) setShown(false);
    if (request === "contact") void acts.send("contact");
    else if (request === "location") void sendPlace(acts);
    else void acts.say(label);
  };
  return {
    toggle: <Tool label={words.keyboard} drawing="keyboard" act={() => setShown(!shown)} />,
    keyboard: shown && (
      <div class="keyboard-place">
        <ReplyKeyboard markup={keyboard} press={press} />
      </div>
    ),
  };
}
