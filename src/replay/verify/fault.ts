/** Something wrong, and where it lies in the log. */
export interface Fault {
  pos: number;
  sentence: string;
}
