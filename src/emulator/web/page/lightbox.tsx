/// <reference lib="dom" />
/** Pictures over the whole window, one at a time: arrows turn, Escape or a touch closes. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useScan } from "../chat/code_actions.tsx";
import { control } from "../live/control.ts";
import { giveFocus } from "../parts/give_focus.ts";
import { Icon, type IconName } from "../parts/icon.tsx";
import { Drawn } from "../parts/drawn.tsx";
import type { PhoneState } from "../live/phone_state.ts";
import { type Picture, useAround } from "../parts/surroundings.ts";
import { words } from "../live/words.ts";

export interface Looking {
  pictures: readonly Picture[];
  at: number;
  /** The phone that shows them. */
  phone: PhoneState;
}

export function Lightbox({ looking, close }: { looking: Looking; close: () => void }) {
  const { pictures, phone } = looking;
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(looking.at);
  const picture = pictures[at];
  const many = pictures.length > 1;
  const turn = (step: number) => setAt((now) => (now + step + pictures.length) % pictures.length);
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => giveFocus(before);
  }, []);
  if (!picture) return null;
  const keys = ({ key }: KeyboardEvent) => {
    if (many && (key === "ArrowRight" || key === "ArrowLeft")) turn(key === "ArrowRight" ? 1 : -1);
  };
  const touch = ({ target, currentTarget }: Event) => {
    if (target === currentTarget || target instanceof HTMLImageElement) close();
  };
  return (
    <dialog
      ref={dialog}
      class="lightbox"
      aria-label={words.viewer}
      onKeyDown={keys}
      onClick={touch}
      onClose={close}
    >
      <Drawn
        key={picture.file_id}
        src={control.fileUrl(picture.file_id)}
        alt={picture.caption || words.photo}
      />
      <div class="under">
        {picture.caption && <p>{picture.caption}</p>}
        <Scans picture={picture} phone={phone} close={close} />
      </div>
      {many && <span class="position">{words.position(at + 1, pictures.length)}</span>}
      {many && <Round kind="previous" label={words.previous} drawing="back" act={() => turn(-1)} />}
      {many && <Round kind="next" label={words.next} drawing="back" act={() => turn(1)} />}
      <a
        class="save"
        href={control.fileUrl(picture.file_id)}
        download="photo.jpg"
        title={words.save}
        aria-label={words.save}
      >
        <Icon name="save" />
      </a>
      <Round kind="close" label={words.close} drawing="close" act={close} />
    </dialog>
  );
}

/** Whose phone could scan the picture, where it has a code. */
function Scans(
  { picture, phone, close }: { picture: Picture; phone: PhoneState; close: () => void },
) {
  const { messenger } = useAround();
  const scan = useScan();
  if (!messenger.codes.on(picture.file_id)) return null;
  const others = [...messenger.phones.values()].filter((other) => other !== phone);
  return (
    <div class="scans">
      {others.map((other) => (
        <button
          key={other.person.id}
          type="button"
          onClick={() => {
            close();
            scan(other, picture.file_id);
          }}
        >
          <Icon name="scan" />
          {words.scanWith(messenger.nameOf(other.person))}
        </button>
      ))}
    </div>
  );
}

function Round(
  { kind, label, drawing, act }: {
    kind: string;
    label: string;
    drawing: IconName;
    act: () => void;
  },
) {
  return (
    <button type="button" class={`round ${kind}`} title={label} aria-label={label} onClick={act}>
      <Icon name={drawing} />
    </button>
  );
}
