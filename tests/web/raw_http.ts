/** HTTP by hand, byte for byte, as no client would send it. */

/** What came back, and whether the connection was ended by the other side. */
export interface RawAnswer {
  status: number;
  text: string;
  ended: boolean;
}

/** A connection on which bytes are sent and read. */
export class RawConnection implements Disposable {
  readonly #connection: Deno.TcpConn;
  text = "";
  #ended = false;

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  static async open(port: number): Promise<RawConnection> {
    return new RawConnection(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  /** Answers whether the bytes were taken; the other side may have hung up. */
  async send(bytes: string | Uint8Array): Promise<boolean> {
    let rest = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
    try {
      while (rest.length > 0) rest = rest.subarray(await this.#connection.write(rest));
      return true;
    } catch {
      return false;
    }
  }

  /** Reads until the text is there, or the other side ends. */
  async until(wanted: RegExp): Promise<RawAnswer> {
    while (!wanted.test(this.text) && await this.#read());
    return this.#answer();
  }

  /** Reads until the other side ends. */
  async untilEnd(): Promise<RawAnswer> {
    while (await this.#read());
    return this.#answer();
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }

  async #read(): Promise<boolean> {
    const bytes = new Uint8Array(64 * 1024);
    const count = await this.#connection.read(bytes).catch(() => null);
    this.#ended = count === null;
    if (count !== null) this.text += new TextDecoder().decode(bytes.subarray(0, count));
    return !this.#ended;
  }

  #answer(): RawAnswer {
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(this.text)?.[1] ?? 0);
    return { status, text: this.text, ended: this.#ended };
  }
}

/** The status of one request that is all headers; the lines are as they are sent. */
export async function statusOf(port: number, first: string, ...lines: string[]): Promise<number> {
  using connection = await RawConnection.open(port);
  await connection.send([first, ...lines, "Connection: close", "", ""].join("\r\n"));
  return (await connection.untilEnd()).status;
}
