/** What facts are about, a line each: whatever is exported here as a fact is one. */
export * from "./batch.ts";
export * from "./card.ts";
export * from "./correction.ts";
export * from "./dialogue.ts";
export * from "./draft.ts";
export * from "./gallery.ts";
export * from "./language.ts";
export * from "./maker.ts";
export * from "./message.ts";
export * from "./photo.ts";
export * from "./picture.ts";
