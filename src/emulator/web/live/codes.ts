/** What the QR codes on pictures say, read by the server once for each. */
import { control } from "./control.ts";

export class Codes {
  /** By file; undefined while that is being read. */
  readonly #read = new Map<string, string | null | undefined>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Null when there is no code on the picture, undefined while that is not yet known. */
  on(file_id: string): string | null | undefined {
    if (!this.#read.has(file_id)) {
      this.#read.set(file_id, undefined);
      control.qr(file_id).then(({ text }) => text, () => null).then((text) => {
        this.#read.set(file_id, text);
        this.#changed();
      });
    }
    return this.#read.get(file_id);
  }
}
