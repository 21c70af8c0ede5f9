/// <reference lib="dom" />
/** The small parts around a text field. */
import type { Message } from "grammy/types";
import { useRef } from "preact/hooks";
import type { Acts } from "../live/acts.ts";
import { Icon, type IconName } from "../parts/icon.tsx";
import { usePhone } from "../parts/surroundings.ts";
import { summary } from "../live/wording.ts";
import { words } from "../live/words.ts";

/** What the text being written is for: an answer, a new form of a message, or itself. */
export type Purpose =
  | { is: "new" }
  | { is: "reply"; message: Message }
  | { is: "edit"; message: Message };

/** Where everybody is who is asked: the emulator knows no true place. */
const PLACE = { latitude: 55.7539, longitude: 37.6208 };

/** The id of what takes the focus of a skip link on this person's phone: the text field. */
export const fieldOf = (person: number) => `field-${person}`;

/** A round button; with `keepsFocus` a press leaves the focus in the field. */
export function Tool(
  { label, drawing, act, kind = "", keepsFocus = false }: {
    label: string;
    drawing: IconName;
    act: (anchor: HTMLElement) => void;
    kind?: string;
    keepsFocus?: boolean;
  },
) {
  return (
    <button
      type="button"
      class={`tool ${kind}`}
      title={label}
      aria-label={label}
      onPointerDown={(event) => keepsFocus && event.preventDefault()}
      onClick={({ currentTarget }) => act(currentTarget)}
    >
      <Icon name={drawing} />
    </button>
  );
}

/** The paper clip and what it offers. */
export function AttachButton(
  { acts, upload, record }: {
    acts: Acts;
    upload: (files: readonly File[]) => void;
    record: () => void;
  },
) {
  const { openMenu } = usePhone();
  const picker = useRef<HTMLInputElement>(null);
  const open = (anchor: HTMLElement) =>
    openMenu(anchor, [
      { label: words.photoOrFile, drawing: "photo", act: () => picker.current?.click() },
      { label: words.record, drawing: "voice", act: record },
      { label: words.sticker, drawing: "sticker", act: () => acts.sticker() },
      { label: words.location, drawing: "location", act: () => sendPlace(acts) },
      { label: words.contact, drawing: "contact", act: () => acts.send("contact") },
      { label: words.dice, drawing: "dice", act: () => acts.send("dice") },
    ]);
  return (
    <>
      <Tool label={words.attach} drawing="attach" act={open} />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          upload(Array.from(currentTarget.files ?? []));
          currentTarget.value = "";
        }}
      />
    </>
  );
}

export function sendPlace(acts: Acts) {
  return acts.send("location", PLACE);
}

/** Says above the field that what is written answers or mends a message. */
export function Strip(
  { purpose, giveUp }: { purpose: Exclude<Purpose, { is: "new" }>; giveUp: () => void },
) {
  const { is, message } = purpose;
  return (
    <div class="reply-strip">
      <Icon name={is === "edit" ? "edit" : "reply"} />
      <span class="quote">
        <strong>
          {is === "edit" ? words.editing : message.from?.first_name ?? message.chat.title}
        </strong>
        <span>{summary(message)}</span>
      </span>
      <Tool
        label={is === "edit" ? words.stopEditing : words.stopReplying}
        drawing="close"
        act={giveUp}
      />
    </div>
  );
}
