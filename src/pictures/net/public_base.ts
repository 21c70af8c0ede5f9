/** A CDN in front of origins: where a picture is really asked for. */

/** The address at which the picture of an address is asked for. */
export type PublicAddress = (origin: URL) => URL;

const HOST = "{host}";
const PATH = "{path}";

/** Whether this is how IMAGE_PUBLIC_BASE_URL is written: `https://cdn.example/{host}{path}`. */
export function isPublicBase(template: string): boolean {
  const bare = template.replaceAll(HOST, "").replaceAll(PATH, "");
  const url = URL.parse(bare);
  return url !== null && /^https?:\/\/[^/{}]+\//.test(template) && !/[{}?#\s]/.test(bare) &&
    url.username === "" && url.password === "" &&
    [HOST, PATH].every((mark) => template.split(mark).length === 2);
}

/** Host and path of the origin in their places; its query stays. What lies there already stays. */
export function openPublicBase(template: string | undefined): PublicAddress {
  if (template === undefined) return (origin) => origin;
  if (!isPublicBase(template)) throw new TypeError("Cannot use this as the base of pictures");
  const { host } = new URL(template);
  return (origin) => {
    if (origin.host === host) return origin;
    const address = template.replace(
      /\{host\}|\{path\}/g,
      (mark) => mark === HOST ? origin.host : origin.pathname,
    );
    return new URL(address + origin.search);
  };
}
