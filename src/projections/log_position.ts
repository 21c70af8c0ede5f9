/** A moment of the log: facts up to a position, the newest of them at a time in ms. */
export interface LogPosition {
  pos: number;
  at: number;
}
