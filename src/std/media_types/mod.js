// @ts-self-types="./mod.d.ts"
export * from "deno-std/media_types/type_by_extension.js";
