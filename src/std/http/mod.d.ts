// The types of what we use of @std/http: npm's copy of Deno's std carries none.
export const STATUS_CODE: {
  readonly OK: 200;
  readonly Created: 201;
  readonly NoContent: 204;
  readonly NotModified: 304;
  readonly BadRequest: 400;
  readonly Unauthorized: 401;
  readonly Forbidden: 403;
  readonly NotFound: 404;
  readonly MethodNotAllowed: 405;
  readonly Conflict: 409;
  readonly ContentTooLarge: 413;
  readonly TooManyRequests: 429;
  readonly InternalServerError: 500;
  readonly NotImplemented: 501;
  readonly BadGateway: 502;
  readonly ServiceUnavailable: 503;
  readonly [name: string]: number;
};
export const STATUS_TEXT: Readonly<Record<number, string>>;

export interface FileInfo {
  mtime: Date | null;
  size: number;
}
export function eTag(
  entity: string | Uint8Array | FileInfo,
  options?: { algorithm?: AlgorithmIdentifier; weak?: boolean },
): Promise<string | undefined>;
export function ifNoneMatch(value: string | null, etag: string | undefined): boolean;
export function ifMatch(value: string | null, etag: string | undefined): boolean;

export interface Cookie {
  name: string;
  value: string;
  expires?: Date | number;
  maxAge?: number;
  domain?: string;
  path?: string;
  secure?: boolean;
  httpOnly?: boolean;
  sameSite?: "Strict" | "Lax" | "None";
}
export function getCookies(headers: Headers): Record<string, string>;
export function setCookie(headers: Headers, cookie: Cookie): void;
export function deleteCookie(
  headers: Headers,
  name: string,
  attributes?: Pick<Cookie, "path" | "domain" | "secure" | "httpOnly">,
): void;

export function accepts(request: Pick<Request, "headers">): string[];
export function accepts(
  request: Pick<Request, "headers">,
  ...types: string[]
): string | undefined;
export function acceptsLanguages(request: Pick<Request, "headers">): string[];
export function acceptsLanguages(
  request: Pick<Request, "headers">,
  ...languages: string[]
): string | undefined;

export interface ServerSentEventMessage {
  comment?: string;
  event?: string;
  data?: string;
  id?: string | number;
  retry?: number;
}
export class ServerSentEventStream extends TransformStream<ServerSentEventMessage, Uint8Array> {
  constructor();
}
