import { continueBatch } from "../../../machines/flows/issue_batch.ts";
import { answering } from "../../runtime/answerer.ts";
import type { Job } from "../flow_parts.ts";

/** Nothing is done: the next cards of a batch only wait for their turn. */
export const jobs = () => [
  answering(continueBatch)(({ callId }, _: Job) =>
    Promise.resolve({ type: "BatchContinued", callId })
  ),
];
