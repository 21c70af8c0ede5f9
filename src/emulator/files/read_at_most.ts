/** The bytes of another server's answer; null when there are more than so many. */
export async function readAtMost(
  response: Response,
  bytes_max: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop ends the transfer.
    if (size > bytes_max) return null;
    chunks.push(chunk);
  }
  return await new Blob(chunks).bytes();
}
