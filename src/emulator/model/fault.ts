/** Faults on demand. */

/**
 * What goes wrong with the next `times` calls of `method` (`*` is any), in `chat_id` if given.
 * For `duplicate` and `reorder` it is the next updates; `method` is `*` or their kind.
 */
export interface Fault {
  method: string;
  chat_id?: number;
  times: number;
  /**
   * `status` answers an error, `answer` any words at all, `delay` answers late, `hang` never answers; `cut_before` and
   * `cut_after` break the connection before and after the call took effect; `duplicate` delivers
   * updates twice; `reorder` keeps them back until all came, and delivers them in reverse.
   */
  kind:
    | "status"
    | "answer"
    | "delay"
    | "hang"
    | "cut_before"
    | "cut_after"
    | "duplicate"
    | "reorder";
  /** An HTTP status, 500 unless given; of an `answer` 200. */
  status?: number;
  /** What `status` says, with or without its beginning `Bad Request: `; that of the status unless given. */
  description?: string;
  /**
   * Only calls that carry this file: the sha256 of the bytes that a bot uploads, in hex, or a
   * `file_id`. Of an album, it is refused by its place, as the real server does.
   */
  file?: string;
  /** What `answer` says instead of JSON, as a proxy between may; nothing unless given. */
  body?: string;
  /** Seconds, for 429. */
  retry_after?: number;
  delay_ms?: number;
}
