/** What a person may do, looked up when they do it. */
import type { Rights } from "../../machines/flow/input_context.ts";
import type { RightsOf } from "../runtime/engine.ts";
import type { Makers } from "../flows/makers/read_model.ts";
import type { People } from "../store/people.ts";
import { readDialogueStream } from "../../events/stream.ts";

const none: Rights = { admin: false, owner: false };

export interface RightsParts {
  people: Pick<People, "find">;
  makers: Pick<Makers, "isMaker">;
  /** The owners. */
  admin_ids: readonly number[];
}

/** Rights hold in private chats; in a group nobody has any. */
export function openRights({ people, makers, admin_ids }: RightsParts): RightsOf {
  return async ({ stream }) => {
    const read = readDialogueStream(stream);
    if (!read || read.group !== null) return none;
    const known = await people.find(read.person);
    if (!known || known.telegram_id === null) return none;
    if (admin_ids.includes(known.telegram_id)) return { admin: true, owner: true };
    return { admin: await makers.isMaker(read.person), owner: false };
  };
}
