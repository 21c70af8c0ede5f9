/** What a link in markup becomes: a link, a mention of a person by id, or nothing. */
import type { MessageEntity } from "grammy/types";

/** The entity of a link to `address` over `span`; undefined when it is no address. */
export function linkEntity(
  address: string,
  span: { offset: number; length: number },
): MessageEntity | undefined {
  const id = /^tg:\/\/user\/?\?id=(\d{1,15})$/i.exec(address)?.[1];
  if (id !== undefined) {
    // The caller, which knows the people, fills in the rest.
    return {
      type: "text_mention",
      ...span,
      user: { id: Number(id), is_bot: false, first_name: "" },
    };
  }
  const url = normalizeLink(address);
  return url === undefined ? undefined : { type: "text_link", ...span, url };
}

/** A link without a path gets one, as Telegram normalises it; text that is no link gives none. */
export function normalizeLink(address: string): string | undefined {
  const absolute = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `http://${address}`;
  if (/\s/.test(absolute) || !URL.canParse(absolute)) return undefined;
  const { protocol, host } = new URL(absolute);
  if (protocol === "tg:" || protocol === "ton:") return absolute;
  // A host has a dot or a port: a single word is no address.
  if (!/^https?:$/.test(protocol) || !/[.:]/.test(host)) return undefined;
  return /^https?:\/\/[^/?#]+$/i.test(absolute) ? `${absolute}/` : absolute;
}

type Format = MessageEntity.DateTimeMessageEntity["date_time_format"];

/** A moment, shown to each reader in their own time; undefined when it is none. */
export function timeEntity(
  unix: string | undefined,
  format: string | undefined,
  span: { offset: number; length: number },
): MessageEntity | undefined {
  if (unix === undefined || !/^\d{1,11}$/.test(unix) || !isFormat(format ?? "")) return undefined;
  const date_time_format = (format ?? "") as Format;
  return { type: "date_time", ...span, unix_time: Number(unix), date_time_format };
}

function isFormat(format: string): boolean {
  return /^(?:r|w?[dD]?[tT]?)$/.test(format);
}
