/** A result that the Bot API says a sentence about, beside it. */
export class DescribedResult<T> {
  constructor(readonly result: T, readonly description: string) {}
}
