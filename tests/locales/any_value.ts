/** A value that may stand for any: a number, a word, a list of one, or something with fields. */

const words: ProxyHandler<() => unknown> = {
  get(_, name) {
    if (name === Symbol.toPrimitive) return (hint: string) => hint === "number" ? 7 : "7";
    if (name === Symbol.iterator) return () => [some][Symbol.iterator]();
    if (name === "map") return (tell: (it: unknown) => unknown) => [tell(some)];
    return name === "length" ? 1 : some;
  },
  apply: () => some,
};
const some: unknown = new Proxy(() => undefined, words);

/** Values under whatever names a message takes them. */
export const anyValues: Readonly<Record<string, unknown>> = new Proxy({}, {
  get: () => some,
});
