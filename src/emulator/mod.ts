/**
 * A Telegram on this machine, for any test of a bot: `startEmulator`, then act as its people.
 * What is not exported here is nobody else's business.
 */
export { defaultPeople } from "./default_people.ts";
export { type Emulator, type EmulatorOptions, startEmulator } from "./emulator.ts";
export type { Bot } from "./model/bot.ts";
export type { Fault } from "./model/fault.ts";
export type { InlineAnswer } from "./model/inline_ask.ts";
export type { NewPerson, OtherKind, Person } from "./model/person.ts";
export { PersonError } from "./model/person_error.ts";
export type { NewChat, PersonHandle, PersonInChats } from "./model/person_handle.ts";
export type { ApiCall, TracedUpdate, UpdateState } from "./model/traffic.ts";

// For tests that look at what a bot says without sending it, or stand between it and the server.
export { readQr } from "./files/qr_reader.ts";
export { Refusal } from "./model/refusal.ts";
export { type Formatted, parseHtml } from "./text/html.ts";
export { cutAnswer } from "./world/faults.ts";
