import { BlockedAddress } from "./blocked_address.ts";
import { isPublic, rangeOf } from "./public_address.ts";

/** One private address among public ones is one too many: all are refused. */
export function requirePublic(host: string, addresses: readonly string[]): Error | null {
  const inside = addresses.find((address) => !isPublic(address));
  if (inside === undefined) return null;
  return new BlockedAddress(
    `Cannot connect to ${host}: it stands for ${inside}, which is not public but ` +
      `${rangeOf(inside)}; name it in IMAGE_ALLOW_HOSTS if it is meant.`,
  );
}
