/// <reference lib="dom" />
/** Shows the files that a person is about to send, and asks how. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { FileKind } from "../live/control.ts";
import { Drawn } from "../parts/drawn.tsx";
import { Icon } from "../parts/icon.tsx";
import { lengthOf } from "../live/recorder.ts";
import { type Choice, Sheet } from "../parts/sheet.tsx";
import { fileSize } from "../live/wording.ts";
import { words } from "../live/words.ts";

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
      {chosen.length > MOST && <p>{words.albumHolds(MOST)}</p>}
      <input
        type="text"
        class="field"
        maxLength={1024}
        placeholder={words.captionHint}
        aria-label={words.caption}
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
  const file = { label: files.length > 1 ? words.asFiles : words.asFile, as: "document" as const };
  if (files.every(isPicture)) {
    const label = files.length > 1 ? words.asAlbum : words.asPhoto;
    return [{ label, as: "photo" }, file];
  }
  if (first && files.length === 1 && all("audio/")) {
    const music = { label: words.asMusic, as: "audio" as const };
    return [{ label: words.asVoice, as: "voice" }, music, file];
  }
  if (first && files.length === 1 && all("video/")) {
    return [{ label: words.asVideo, as: "video" }, file];
  }
  return [file];
}

function isPicture(file: File): boolean {
  return file.type.startsWith("image/") && file.type !== "image/svg+xml";
}

function title(count: number, pictures: boolean): string {
  if (count === 1) return pictures ? words.sendPhoto : words.sendFile;
  return pictures ? words.sendPhotos(count) : words.sendFiles(count);
}

function Preview({ file, drop }: { file: File; drop: () => void }) {
  const url = useMemo(() => URL.createObjectURL(file), [file]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const label = words.drop(file.name);
  const remove = (
    <button type="button" class="drop-one" title={label} aria-label={label} onClick={drop}>
      <Icon name="close" />
    </button>
  );
  if (isPicture(file)) {
    return (
      <span class="preview">
        <Drawn src={url} alt={file.name} />
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
