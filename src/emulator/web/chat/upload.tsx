/// <reference lib="dom" />
/** Shows the files that a person is about to send, and asks how. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { FileKind } from "../live/control.ts";
import { Icon } from "../parts/icon.tsx";
import { lengthOf } from "../live/recorder.ts";
import { type Choice, Sheet } from "../parts/sheet.tsx";
import { fileSize } from "../live/wording.ts";

/** An album holds no more. */
const MOST = 10;

/** What the person decided. */
export interface Sending {
  files: File[];
  as: FileKind;
  caption: string;
  /** Seconds, of sound. */
  duration?: number;
}

/** Null when they changed their mind. */
export function UploadSheet(
  { chosen, done }: { chosen: readonly File[]; done: (sending: Sending | null) => void },
) {
  const [files, setFiles] = useState(chosen.slice(0, MOST));
  const [caption, setCaption] = useState("");
  const pictures = files.every(isPicture);
  const send = async (as: FileKind) => {
    const [sound] = files;
    const timed = (as === "voice" || as === "audio") && sound;
    const sending = { files, as, caption: caption.trim() };
    done(timed ? { ...sending, duration: await lengthOf(sound) } : sending);
  };
  const drop = (file: File) => {
    const left = files.filter((other) => other !== file);
    if (left.length === 0) done(null);
    else setFiles(left);
  };
  const choices = kindsFor(files).map(({ label, as }, i): Choice => ({
    label,
    primary: i === 0,
    act: () => void send(as),
  }));
  return (
    <Sheet title={title(files.length, pictures)} choices={choices} close={() => done(null)}>
      <div class="previews">
        {files.map((file) => (
          <Preview
            key={`${file.name}:${file.size}:${file.lastModified}`}
            file={file}
            drop={() => drop(file)}
          />
        ))}
      </div>
      {chosen.length > MOST && <p>В альбом помещается {MOST}: остальные не уйдут.</p>}
      <input
        type="text"
        class="field"
        maxLength={1024}
        placeholder="Подпись, если нужна"
        aria-label="Подпись"
        autocomplete="off"
        value={caption}
        onInput={({ currentTarget }) => setCaption(currentTarget.value)}
      />
    </Sheet>
  );
}

function kindsFor(files: readonly File[]): { label: string; as: FileKind }[] {
  const [first] = files;
  const all = (kind: string) => files.every(({ type }) => type.startsWith(kind));
  const file = { label: files.length > 1 ? "Как файлы" : "Как файл", as: "document" as const };
  if (files.every(isPicture)) {
    const label = files.length > 1 ? "Отправить альбомом" : "Отправить как фото";
    return [{ label, as: "photo" }, file];
  }
  if (first && files.length === 1 && all("audio/")) {
    const music = { label: "Как музыку", as: "audio" as const };
    return [{ label: "Отправить голосовым", as: "voice" }, music, file];
  }
  if (first && files.length === 1 && all("video/")) {
    return [{ label: "Отправить как видео", as: "video" }, file];
  }
  return [file];
}

function isPicture(file: File): boolean {
  return file.type.startsWith("image/") && file.type !== "image/svg+xml";
}

function title(count: number, pictures: boolean): string {
  if (count === 1) return pictures ? "Отправить фото" : "Отправить файл";
  return pictures ? `Отправить фото: ${count}` : `Отправить файлы: ${count}`;
}

function Preview({ file, drop }: { file: File; drop: () => void }) {
  const url = useMemo(() => URL.createObjectURL(file), [file]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const label = `Убрать ${file.name}`;
  const remove = (
    <button type="button" class="drop-one" title={label} aria-label={label} onClick={drop}>
      <Icon name="close" />
    </button>
  );
  if (isPicture(file)) {
    return (
      <span class="preview">
        <img src={url} alt={file.name} />
        {remove}
      </span>
    );
  }
  return (
    <span class="named">
      <Icon name="file" />
      <span>{file.name}</span>
      <small>{fileSize(file.size)}</small>
      {remove}
    </span>
  );
}
