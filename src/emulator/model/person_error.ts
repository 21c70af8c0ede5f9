/** A person cannot do this on their phone; the message says why. `status` is HTTP's. */
export class PersonError extends Error {
  override name = "PersonError";

  constructor(message: string, readonly status: 400 | 404 | 422 = 400, readonly text?: string) {
    super(message);
  }
}
