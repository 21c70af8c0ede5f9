/** Messages of kinds that a bot for cards is not made for: the least that is valid. */
import type { Contact, Message } from "grammy/types";
import type { FileKind, FileStore } from "../files/file_store.ts";
import type { OtherKind, Person } from "../model/person.ts";

export async function otherContent(
  files: FileStore,
  person: Person,
  kind: OtherKind,
): Promise<Partial<Message>> {
  switch (kind) {
    case "sticker": {
      const file = await keep(files, "Sticker", "image/webp");
      const size = { width: 512, height: 512 };
      return {
        sticker: { ...file, ...size, type: "regular", is_animated: false, is_video: false },
      };
    }
    case "voice":
      return {
        voice: { ...await keep(files, "VoiceNote", "audio/ogg"), duration: 3 },
      };
    case "video": {
      const file = await keep(files, "Video", "video/mp4");
      return { video: { ...file, width: 640, height: 360, duration: 5 } };
    }
    case "location":
      return { location: { latitude: 59.9386, longitude: 30.3141 } };
    case "contact":
      return { contact: ownContact(person) };
  }
}

/** The card with which a person shares who they are. */
export function ownContact({ id, first_name, last_name }: Person): Contact {
  const name = { first_name, ...last_name !== undefined && { last_name } };
  return { phone_number: "+70000000000", ...name, user_id: id };
}

async function keep(files: FileStore, kind: FileKind, mime_type: string) {
  const bytes = new TextEncoder().encode(`${kind}\n`);
  const { file_id, file_unique_id, file_size } = await files.add(bytes, { kind, mime_type });
  return { file_id, file_unique_id, file_size };
}
