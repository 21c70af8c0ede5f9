// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** What every flow does with a photo that it was sent: has it checked, and says what is wrong. */
import { dialogueSetup, firstCall } from "./dialogue_setup.ts";

export const checkIt = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "PhotoProvided" && event.type !== "PackagedPhotoProvided") return;
  enqueue({ type: "checkPhoto", params: { callId: firstCall(event), file: event.file } });
});

export const sayPhotoRefused = dialogueSetup.enqueueActions(({ enqueue, event }) => {
  if (event.type !== "PhotoRefused") return;
  enqueue({
    type: "say",
    params: { text: "photo_refused", values: { reason: event.reason }, slot: "wizard" },
  });
});
