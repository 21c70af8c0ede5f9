/** A position of the log, and the time of its newest fact in ms. */
export interface LogPosition {
  pos: number;
  at: number;
}
