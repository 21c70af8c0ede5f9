/** A file that came in a multipart body. */
export class Upload {
  constructor(
    readonly bytes: Uint8Array,
    readonly file_name: string,
    readonly mime_type: string,
  ) {}

  /** How a call's record shows it. */
  toJSON(): { file_name: string; mime_type: string; size: number } {
    return { file_name: this.file_name, mime_type: this.mime_type, size: this.bytes.length };
  }
}
