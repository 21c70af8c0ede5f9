/** Something wrong, and where it lies in the log. */
export interface LogFault {
  pos: number;
  sentence: string;
}
