import { inviteMaker } from "../../../machines/flows/makers.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Asker, AskKit } from "../flow_parts.ts";
import { mintInvitation } from "./mint_invitation.ts";

/** An invitation; its token is sealed for the owner alone. */
export const asks = ({ seal }: AskKit) => [
  answering(inviteMaker)(async ({ callId, until }, { person }: Asker) => {
    const { token, digest } = mintInvitation();
    return { type: "MakerInvited", callId, digest, token: await seal(person, token), until };
  }),
];
