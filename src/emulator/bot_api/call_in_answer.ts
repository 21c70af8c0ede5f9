/** A method call that a bot puts into its answer to a webhook, instead of an empty one. */
import { readAtMost } from "../files/read_at_most.ts";
import { isRecord, parseJson } from "../model/json_value.ts";

/** As much as a call of its own may bring. */
const answer_max = 64 * 1024 * 1024;

/** The request that the answer stands for, under `root`; undefined when it asks for nothing. */
export async function callInAnswer(told: Response, root: string): Promise<Request | undefined> {
  const type = told.headers.get("content-type") ?? "";
  const bytes = await readAtMost(told, answer_max);
  if (bytes === null) return undefined;
  const answer = new Response(bytes, { headers: { "content-type": type } });
  if (/^multipart\/form-data|^application\/x-www-form-urlencoded/.test(type)) {
    const form = await answer.formData().catch(() => undefined);
    const method = form?.get("method");
    form?.delete("method");
    if (form === undefined || typeof method !== "string") return undefined;
    return new Request(`${root}/${encodeURIComponent(method)}`, { method: "POST", body: form });
  }
  const value = parsed(await answer.text());
  if (!isRecord(value)) return undefined;
  const { method, ...params } = value;
  if (typeof method !== "string") return undefined;
  return new Request(`${root}/${encodeURIComponent(method)}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(params),
  });
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
