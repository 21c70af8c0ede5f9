/** The first fact of a stream after which it goes another way than it went. */
export interface Divergence {
  stream: string;
  version: number;
  pos: number;
  type: string;
  /** What is different, without the place. */
  sentence: string;
  /** The difference, line by line: "- say …" as stored, "+ say …" as it comes out now. */
  difference: readonly string[];
}
