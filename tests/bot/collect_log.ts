/** A stream to log to, and the lines that came. */
export function collectLog(): { lines: string[]; stream: WritableStream<Uint8Array> } {
  const lines: string[] = [];
  const decoder = new TextDecoder();
  const stream = new WritableStream<Uint8Array>({
    write(chunk) {
      lines.push(...decoder.decode(chunk).split("\n").filter((line) => line !== ""));
    },
  });
  return { lines, stream };
}
