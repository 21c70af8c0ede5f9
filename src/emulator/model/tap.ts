/** A tap on an inline button that the bot can answer once. */
export interface Tap {
  id: string;
  person: number;
  chat: number;
  message_id: number;
  /** Milliseconds on the emulator's clock. */
  at: number;
  answered: boolean;
  /** `url` is what the phone opens. */
  toast?: { text: string; alert: boolean; url?: string };
}
