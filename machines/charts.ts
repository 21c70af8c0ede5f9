import { dialogue } from "./dialogue.ts";
import type { Charts } from "./flow/chart.ts";

/**
 * Every chart that a log may hold. The flows make up dialogue/1: golden logs, and the chart of before
 * that lies frozen beside the tests, agree that it is the same, so no stream has to be taken over. A
 * change that they do not survive is a dialogue/2 that takes over, and its predecessor is frozen here.
 */
export const charts: Charts = { all: { [dialogue.id]: dialogue }, current: dialogue };
