// @ts-check
/// <reference lib="dom" />
/** @import { Bot } from "./control.js" */
/** @import { Phone } from "./phone.js" */
import { control, ControlError } from "./control.js";
import { element } from "./element.js";
import { readLink } from "./links.js";
import { ask } from "./sheet.js";

/** What leads from one phone to the other: links that are passed on, and codes that are scanned. */

/**
 * Follows a link as a messenger does: into the chat with our bot, to another person, or out.
 * @param {string} url
 * @param {Bot} bot
 * @param {Phone} here
 * @param {Phone} there
 * @param {(phone: Phone) => void} bring makes a phone the one in sight
 */
export async function follow(url, bot, here, there, bring) {
  const link = readLink(url, bot.username);
  if (!link) return here.note("Такая ссылка здесь не открывается");
  if (link.kind === "web") {
    globalThis.open(link.url, "_blank", "noopener,noreferrer");
    return;
  }
  const phone = link.kind === "start"
    ? await askWhere(url, here, there)
    : await askShare(link.text, link.payload !== null, here, there);
  if (!phone || link.payload === null) return;
  bring(phone);
  await phone.say(link.payload ? `/start ${link.payload}` : "/start");
}

/**
 * @param {string} url
 * @param {Phone} here
 * @param {Phone} there
 */
function askWhere(url, here, there) {
  const label = `На этом телефоне${ownerOf(here)}`;
  const choices = [{ label, value: here, primary: true }];
  if (there.person) {
    choices.push({ label: `На втором телефоне${ownerOf(there)}`, value: there, primary: false });
  }
  const body = [element("p", { class: "shared" }, url)];
  return ask(here.root, { title: "Где открыть ссылку?", body, choices });
}

/**
 * @param {string} text
 * @param {boolean} hasLink whether there is a link to our bot to touch
 * @param {Phone} here
 * @param {Phone} there
 */
function askShare(text, hasLink, here, there) {
  /** @type {import("./sheet.js").Choice<Phone | null>[]} */
  const choices = [{ label: "Закрыть", value: null }];
  if (hasLink && there.person) {
    choices.unshift({
      label: `На второй телефон${ownerOf(there)}`,
      value: there,
      primary: true,
    });
  }
  const why = hasLink ? "Получатель сразу откроет ссылку." : "Здесь нет ссылки на этого бота.";
  const body = [element("p", { class: "shared" }, text), element("p", { class: "why" }, why)];
  return ask(here.root, { title: "Поделиться", body, choices });
}

/** @param {Phone} phone */
function ownerOf({ person }) {
  return person ? ` (${person.first_name})` : "";
}

/**
 * Points the other phone's camera at a picture on this one.
 * @param {string} file_id
 * @param {Phone} here
 * @param {Phone} there
 * @param {(phone: Phone) => void} bring
 */
export async function scan(file_id, here, there, bring) {
  if (!there.person) return here.note("На втором телефоне пока никого нет");
  try {
    await control.scan(there.person.id, file_id);
    bring(there);
  } catch (error) {
    if (!(error instanceof ControlError) || error.status !== 422) throw error;
    here.note(error.text ? `В коде другое: ${error.text}` : "На этой картинке нет QR-кода");
  }
}
