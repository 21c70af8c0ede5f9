/** The hosts that may be fetched from wherever they are: `host` or `host:port`. */
export class AllowedHosts {
  readonly #entries: ReadonlySet<string>;

  /** Entries as IMAGE_ALLOW_HOSTS has them; an IPv6 address stands in brackets. */
  constructor(entries: readonly string[]) {
    this.#entries = new Set(entries.map((entry) => {
      const [, host = "", port = ""] = /^(\[.*\]|[^:]*)(:\d+)?$/.exec(entry) ?? [];
      // A host may be spelled in many ways; a URL knows one.
      const spelled = URL.parse(`http://${host}`)?.hostname;
      if (!spelled) throw new TypeError(`Cannot allow ${entry}: expected host or host:port`);
      return `${spelled}${port}`;
    }));
  }

  /** `port` as a URL has it: "" for the scheme's own. */
  has({ hostname, port, protocol }: { hostname: string; port: string; protocol: string }): boolean {
    const real = port || (protocol === "https:" ? "443" : "80");
    return this.#entries.has(hostname) || this.#entries.has(`${hostname}:${real}`);
  }
}
