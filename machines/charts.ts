import { dialogue } from "./dialogue.ts";
import type { Charts } from "./flow/chart.ts";

/** Every chart that a log may hold. */
export const charts: Charts = { all: { [dialogue.id]: dialogue }, current: dialogue };
