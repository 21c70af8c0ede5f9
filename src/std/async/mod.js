// @ts-self-types="./mod.d.ts"
export * from "deno-std/async/abortable.js";
export * from "deno-std/async/deadline.js";
export * from "deno-std/async/delay.js";
