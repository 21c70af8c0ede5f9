// @ts-self-types="./mod.d.ts"
export * from "deno-std/http/cookie.js";
export * from "deno-std/http/etag.js";
export * from "deno-std/http/negotiation.js";
export * from "deno-std/http/server_sent_event_stream.js";
export * from "deno-std/http/status.js";
