/** The names of streams. A name never changes: whatever else is known of a place stands beside it. */

/** A dialogue: whose it is, and in which group; a person's own, in private, is in none. */
export interface Dialogue {
  person: string;
  /** The group's id at Telegram. */
  group: number | null;
}

/** What the name of every dialogue begins with; the uuid of its person follows. */
const DIALOGUE = "dialogue:";

/** The name of a dialogue: `dialogue:<person>`, and in groups `dialogue:<person>@<group>`. */
export const Stream = new RegExp(`^${DIALOGUE}([0-9a-f-]{36})(?:@(-?\\d+))?$`);

/** The stream of a person's dialogue: their own in private, or theirs in a group. */
export function dialogueStream(person: string, group: number | null = null): string {
  return group === null ? DIALOGUE + person : groupStreams(person) + group;
}

/** What the names of a person's dialogues in groups begin with. */
export function groupStreams(person: string): string {
  return `${DIALOGUE}${person}@`;
}

/** The person and the group of a dialogue's stream; null for any other stream. */
export function readDialogueStream(stream: string): Dialogue | null {
  const [, person, group] = Stream.exec(stream) ?? [];
  return person === undefined
    ? null
    : { person, group: group === undefined ? null : Number(group) };
}

/** The uuid of the person whose dialogue a stream is; throws where it is none. */
export function personOfStream(stream: string): string {
  const read = readDialogueStream(stream);
  if (read) return read.person;
  throw new Error(`Cannot tell who ${stream} is: it is no dialogue`);
}

/** The name as people type it, without what all dialogues begin with. */
export function bareStream(stream: string): string {
  return stream.startsWith(DIALOGUE) ? stream.slice(DIALOGUE.length) : stream;
}
