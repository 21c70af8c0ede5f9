import { assertEquals } from "@std/assert";
import { continueBatch } from "../../../machines/flows/issue_batch.ts";
import { jobs } from "../../../src/flows/issue_batch/jobs.ts";
import { answeringAll } from "../../../src/runtime/answerer.ts";

Deno.test("next cards of a batch are due as soon as it is their turn", async () => {
  const work = answeringAll(jobs());
  const { signal } = new AbortController();
  const due = { type: continueBatch.type, params: { callId: "4:0" } };
  assertEquals(await work(due, { signal }), { type: "BatchContinued", callId: "4:0" });
});
