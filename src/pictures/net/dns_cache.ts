/** DNS with a memory, inside the lookup of a connection: what is judged is what is used. */
import { LRUCache } from "lru-cache";
import { lookup as systemLookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";

interface Address {
  address: string;
  family: number;
}

/** All addresses of a name; rejects with a `code` like ENOTFOUND. */
export type Resolve = (host: string) => Promise<Address[]>;

/** Says why the addresses of a host may not be used; null when they may. */
export type CheckAddresses = (host: string, addresses: readonly string[]) => Error | null;

const HOSTS_MAX = 2_000;

const askSystem: Resolve = (host) => systemLookup(host, { all: true, order: "verbatim" });

/** Remembers answers for `dns_ttl_ms`; who asks for a name that is being asked for waits along. */
export function openDnsCache({ dns_ttl_ms, resolve = askSystem }: {
  dns_ttl_ms: number;
  resolve?: Resolve | undefined;
}): { lookup(judge: CheckAddresses): LookupFunction } {
  // Its own time to live would take 0 for no end, and here it means that every look is a new one.
  const known = new LRUCache<string, { until: number; answer: Promise<Address[]> }>({
    max: HOSTS_MAX,
  });

  function addressesOf(host: string): Promise<Address[]> {
    const before = known.get(host);
    if (before && before.until > performance.now()) return before.answer;
    const answer = resolve(host);
    const entry = { until: performance.now() + dns_ttl_ms, answer };
    known.set(host, entry);
    // A failure is not remembered: the name may be there in a moment.
    answer.catch(() => known.peek(host) === entry && known.delete(host));
    return answer;
  }

  const lookup = (judge: CheckAddresses): LookupFunction => (host, options, done) => {
    addressesOf(host).then(
      (addresses) => {
        const [first] = addresses;
        const refused = judge(host, addresses.map(({ address }) => address));
        if (refused) done(refused, "", 0);
        else if (first === undefined) done(notFound(host), "", 0);
        else if (options.all) done(null, addresses);
        else done(null, first.address, first.family);
      },
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), "", 0),
    );
  };
  return { lookup };
}

const notFound = (host: string) =>
  Object.assign(new Error(`No address of ${host} is known`), { code: "ENOTFOUND" });
