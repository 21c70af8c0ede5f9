import pLimit from "p-limit";

/** Papers are made one after the other: each takes a whole core, and the others are for people. */
export const paperInTurn = pLimit(1);
