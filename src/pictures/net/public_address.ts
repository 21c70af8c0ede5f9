/** Which addresses are public: everything else belongs to some private network. */
import ipaddr from "ipaddr.js";

/**
 * What kind of address this is: "unicast" is public, and nothing else is. An IPv4 address inside
 * an IPv6 one is judged as what it is; what cannot be read is "unreadable".
 */
export function rangeOf(address: string): string {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return "unreadable";
  const parsed = ipaddr.parse(bare);
  if (parsed.kind() === "ipv4") return parsed.range();
  const bytes = parsed.toByteArray();
  const is = (prefix: readonly number[]) => prefix.every((byte, i) => bytes[i] === byte);
  if (is(MAPPED) || is(NAT64)) return new ipaddr.IPv4(bytes.slice(12)).range();
  const range = parsed.range();
  // ipaddr.js calls unicast whatever it has no other name for; public are 2000::/3 only.
  return range === "unicast" && ((bytes[0] ?? 0) & 0xe0) !== 0x20 ? "unassigned" : range;
}

export function isPublic(address: string): boolean {
  return rangeOf(address) === "unicast";
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];
/** How networks without IPv4 reach all the same what has no IPv6. */
const NAT64 = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];
