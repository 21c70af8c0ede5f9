/** What the Bot API answers instead of a result. Methods throw it, the server writes it. */
export class Refusal extends Error {
  override name = "Refusal";

  /** `description` is complete, `Bad Request: …`; `parameters` as the Bot API has them. */
  constructor(
    readonly code: number,
    description: string,
    readonly parameters?: { retry_after?: number; migrate_to_chat_id?: number },
  ) {
    super(description);
  }
}

/** 400, in the real server's words. */
export function badRequest(reason: string): Refusal {
  return new Refusal(400, `Bad Request: ${reason}`);
}

/** 403, in the real server's words. */
export function forbidden(reason: string): Refusal {
  return new Refusal(403, `Forbidden: ${reason}`);
}

/** The method or the option is the Bot API's, but this server does not do it. */
export function notEmulated(what: string): Refusal {
  return new Refusal(501, `Not Implemented: ${what} is known, not emulated`);
}
