/** A picture's file while it is uploaded: a piece at a time, however many go up at once. */
import type { KeptPicture } from "../../../machines/picture.ts";

/** Opened when its first piece is read; closed when its last one was, or when it is disposed of. */
export interface PictureFile extends Disposable {
  /** Once. Throws where the file is not as long as it was. */
  chunks(): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

const PIECE = 64 * 1024;

export function pictureFile({ path, size }: Pick<KeptPicture, "path" | "size">): PictureFile {
  let file: Deno.FsFile | null = null;
  const close = () => {
    file?.close();
    file = null;
  };
  return {
    async *chunks() {
      const opened = file = await Deno.open(path);
      if ((await opened.stat()).size !== size) throw new Error("Cannot read a picture: it changed");
      for (let left = size; left > 0;) {
        const piece = new Uint8Array(Math.min(PIECE, left));
        const read = await opened.read(piece);
        if (read === null) throw new Error("Cannot read a picture: it ends too early");
        left -= read;
        yield piece.subarray(0, read);
      }
      close();
    },
    [Symbol.dispose]: close,
  };
}
