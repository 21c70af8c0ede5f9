/// <reference lib="dom" />
/** Records a voice note through the browser's microphone. */
import { oggOf } from "./ogg_opus.ts";

export interface VoiceNote {
  file: File;
  /** Seconds, at least 1. */
  duration: number;
}

/** One recording under way. */
export class Recorder {
  readonly #stream: MediaStream;
  readonly #recorder: MediaRecorder;
  readonly #chunks: Blob[] = [];
  readonly #began = performance.now();

  private constructor(stream: MediaStream) {
    this.#stream = stream;
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    if (mimeType === undefined) throw new Error("Cannot record: this browser knows no Opus");
    this.#recorder = new MediaRecorder(stream, { mimeType });
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#chunks.push(data));
    this.#recorder.start(250);
  }

  /** Rejects when there is no microphone, or it is not allowed. */
  static async start(): Promise<Recorder> {
    return new Recorder(await navigator.mediaDevices.getUserMedia({ audio: true }));
  }

  /** Seconds so far. */
  get elapsed(): number {
    return (performance.now() - this.#began) / 1000;
  }

  async stop(): Promise<VoiceNote> {
    const duration = Math.max(1, Math.round(this.elapsed));
    await this.#end();
    const recorded = new Blob(this.#chunks);
    const bytes = new Uint8Array(await recorded.arrayBuffer());
    const ogg = this.#recorder.mimeType.startsWith("audio/webm") ? oggOf(bytes) : bytes;
    return { file: new File([ogg], "voice.ogg", { type: "audio/ogg" }), duration };
  }

  async cancel(): Promise<void> {
    await this.#end();
  }

  async #end(): Promise<void> {
    const ended = new Promise((resolve) =>
      this.#recorder.addEventListener("stop", resolve, { once: true })
    );
    this.#recorder.stop();
    await ended;
    for (const track of this.#stream.getTracks()) track.stop();
  }
}

/** Opus, as phones record it; what comes as WebM is packed anew. */
const TYPES = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus"];

/** How long a sound file plays, in whole seconds; 1 where the browser cannot tell. */
export async function lengthOf(file: File): Promise<number> {
  const url = URL.createObjectURL(file);
  try {
    return await new Promise<number>((resolve) => {
      const audio = new Audio(url);
      audio.addEventListener("loadedmetadata", () => {
        resolve(Number.isFinite(audio.duration) ? Math.max(1, Math.round(audio.duration)) : 1);
      });
      audio.addEventListener("error", () => resolve(1));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
