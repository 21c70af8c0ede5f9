/// <reference lib="dom" />
/** What a message shows above its words: pictures, albums, files and the rest. */
import type { Document, Message, PhotoSize } from "grammy/types";
import { useState } from "preact/hooks";
import { control } from "../live/control.ts";
import { Drawn } from "../parts/drawn.tsx";
import { Icon, type IconName } from "../parts/icon.tsx";
import { type Picture, useAround, usePhone } from "../parts/surroundings.ts";
import { Recording } from "./recording.tsx";
import { duration, fileSize } from "../live/wording.ts";
import { words } from "../live/words.ts";

/** The largest box of a single photo in a bubble, in CSS pixels. */
const BOX = { width: 280, height: 340, least: 120 };

/** The message's picture at its largest; null when it has none. */
export function pictureOf(message: Message): Picture | null {
  const file_id = message.photo?.at(-1)?.file_id ??
    (isPicture(message.document) ? message.document.file_id : undefined);
  return file_id === undefined ? null : { file_id, caption: message.caption ?? "" };
}

/** Whether a group of messages is drawn as a grid of pictures. */
export function isAlbum(messages: readonly Message[]): boolean {
  return messages.length > 1 && messages.every(({ photo, video }) => photo ?? video);
}

/** Whether messages of this kind have something to show. */
export function hasMedia(message: Message): boolean {
  return KINDS.some((kind) => message[kind] !== undefined);
}

const KINDS = [
  ...["photo", "document", "sticker", "voice", "audio", "video", "video_note"] as const,
  ...["animation", "contact", "location", "venue", "dice", "poll"] as const,
];

/** One message, or the messages of an album. */
export function Media({ messages }: { messages: readonly Message[] }) {
  const { look } = useAround();
  const { phone } = usePhone();
  const pictures = messages.flatMap((message) => pictureOf(message) ?? []);
  const lookAt = (message: Message) => {
    const at = pictures.findIndex(({ file_id }) => file_id === pictureOf(message)?.file_id);
    look(pictures, Math.max(at, 0), phone);
  };
  const parts = messages.map((message) => (
    <Part
      key={message.message_id}
      message={message}
      look={() => lookAt(message)}
    />
  ));
  if (isAlbum(messages)) {
    return <div class={`album ${messages.length > 4 ? "many" : "few"}`}>{parts}</div>;
  }
  return <div class="attachments">{parts}</div>;
}

function Part({ message, look }: { message: Message; look: () => void }) {
  const { photo, animation, document, sticker, voice, audio, video, video_note } = message;
  const { contact, location, venue, dice, poll } = message;
  if (photo) return <Photo sizes={photo} caption={message.caption} look={look} />;
  if (animation) return <Clip file_id={animation.file_id} name="GIF" loop />;
  if (video) return <Clip file_id={video.file_id} name={words.videoOf(duration(video.duration))} />;
  if (video_note) return <Clip file_id={video_note.file_id} name={words.videoNote} />;
  if (document) return <File document={document} look={look} />;
  if (sticker) return <StickerImage file_id={sticker.file_id} emoji={sticker.emoji ?? ""} />;
  if (voice) return <Recording file_id={voice.file_id} seconds={voice.duration} title="" />;
  if (audio) {
    const title = [audio.performer, audio.title ?? audio.file_name].filter(Boolean).join(" — ");
    return (
      <Recording file_id={audio.file_id} seconds={audio.duration} title={title || words.audio} />
    );
  }
  if (dice) return <Dice emoji={dice.emoji} value={dice.value} />;
  if (contact) {
    const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
    return <Fact drawing="contact" title={name} detail={contact.phone_number} />;
  }
  if (venue) return <Fact drawing="location" title={venue.title} detail={venue.address} />;
  if (location) {
    const at = [location.latitude, location.longitude].map((angle) => angle.toFixed(4));
    return <Fact drawing="location" title={words.location} detail={at.join(", ")} />;
  }
  if (poll) {
    const options = poll.options.map(({ text }) => text).join(" · ");
    return <Fact drawing="check" title={poll.question} detail={options} />;
  }
  return null;
}

function isPicture(document: Document | undefined): document is Document {
  const type = document?.mime_type ?? "";
  return type.startsWith("image/") && type !== "image/svg+xml";
}

function Photo(
  { sizes, caption, look }: {
    sizes: readonly PhotoSize[];
    caption: string | undefined;
    look: () => void;
  },
) {
  const size = sizes.find(({ width }) => width >= BOX.width * 2) ?? sizes.at(-1);
  if (!size) return null;
  const shape = {
    "--width": `${shownWidth(size)}px`,
    "--aspect": `${size.width} / ${size.height}`,
  };
  return (
    <figure class="photo" style={shape}>
      <button type="button" class="open" aria-label={words.openPhoto} onClick={look}>
        <Drawn
          key={size.file_id}
          src={control.fileUrl(size.file_id)}
          alt={caption ? words.photoOf(caption) : words.photo}
          width={size.width}
          height={size.height}
          draggable={false}
        />
      </button>
    </figure>
  );
}

/** In CSS pixels. */
function shownWidth({ width, height }: PhotoSize): number {
  const fit = Math.min(BOX.width / width, BOX.height / height);
  return Math.round(Math.min(Math.max(width * fit, BOX.least), BOX.width));
}

function Clip({ file_id, name, loop = false }: { file_id: string; name: string; loop?: boolean }) {
  const [broken, setBroken] = useState(false);
  if (broken) return <Fact drawing="video" title={name} detail={words.notPlayed} />;
  return (
    <video
      class="clip"
      src={control.fileUrl(file_id)}
      aria-label={name}
      controls={!loop}
      autoplay={loop}
      muted={loop}
      loop={loop}
      preload="metadata"
      onError={() => setBroken(true)}
    />
  );
}

function File({ document, look }: { document: Document; look: () => void }) {
  const name = document.file_name ?? words.file;
  const src = control.fileUrl(document.file_id);
  return (
    <div class="file">
      {isPicture(document)
        ? (
          <button type="button" class="thumbnail" aria-label={words.open(name)} onClick={look}>
            <Drawn key={src} src={src} alt="" />
          </button>
        )
        : (
          <span class="badge">
            <Icon name="file" />
          </span>
        )}
      <a class="about" href={src} download={name} title={words.download(name)}>
        <strong>{name}</strong>
        <small>{fileSize(document.file_size)}</small>
      </a>
    </div>
  );
}

function StickerImage({ file_id, emoji }: { file_id: string; emoji: string }) {
  const [broken, setBroken] = useState(false);
  // An animated sticker is no image; its emoji says as much.
  if (broken) return <span class="giant">{emoji || "🙂"}</span>;
  return (
    <img
      class="sticker"
      src={control.fileUrl(file_id)}
      alt={words.stickerOf(emoji)}
      onError={() => setBroken(true)}
    />
  );
}

function Dice({ emoji, value }: { emoji: string; value: number }) {
  return (
    <span class="giant" role="img" aria-label={`${emoji} ${value}`}>
      {emoji}
      <small>{value}</small>
    </span>
  );
}

function Fact({ drawing, title, detail }: { drawing: IconName; title: string; detail: string }) {
  return (
    <div class="file">
      <span class="badge">
        <Icon name={drawing} />
      </span>
      <span class="about">
        <strong>{title}</strong>
        <small>{detail}</small>
      </span>
    </div>
  );
}
