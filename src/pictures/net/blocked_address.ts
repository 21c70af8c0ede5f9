/** Thrown into a request whose host is not for us; undici hands it to the caller. */
export class BlockedAddress extends Error {
  override name = "BlockedAddress";
}
