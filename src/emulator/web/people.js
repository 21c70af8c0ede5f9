// @ts-check
/// <reference lib="dom" />
/** @import { Person } from "./control.js" */
/** @import { Phone } from "./phone.js" */
import { control } from "./control.js";
import { element } from "./element.js";
import { openMenu } from "./menu.js";
import { ask } from "./sheet.js";
import { fullName } from "./wording.js";

/**
 * Opens the menu of a phone's header: whose phone it is to be, and what its owner can do.
 * @param {Phone} phone
 * @param {HTMLElement} anchor
 * @param {readonly Person[]} people
 * @param {(person: Person) => void} choose
 */
export function openPeople(phone, anchor, people, choose) {
  const blocked = phone.person?.blocked ?? false;
  openMenu(phone.root, anchor, [
    ...people.map((person) => ({
      label: fullName(person),
      detail: person.username ? `@${person.username}` : "",
      checked: person.id === phone.person?.id,
      act: () => choose(person),
    })),
    { label: "Новый человек", drawing: "plus", act: () => void addPerson(phone, choose) },
    ...(phone.person
      ? [{
        label: blocked ? "Разблокировать бота" : "Заблокировать бота",
        drawing: /** @type {const} */ ("block"),
        act: () => void phone.block(!blocked),
      }]
      : []),
  ]);
}

/**
 * @param {Phone} phone
 * @param {(person: Person) => void} choose
 */
async function addPerson(phone, choose) {
  const field = (/** @type {string} */ label) =>
    element("input", {
      type: "text",
      class: "field",
      maxlength: 64,
      placeholder: label,
      "aria-label": label,
      autocomplete: "off",
    });
  const [first, last] = [field("Имя"), field("Фамилия, если нужна")];
  const choices = [{ label: "Добавить", value: true, primary: true }];
  const wanted = await ask(phone.root, { title: "Новый человек", body: [first, last], choices });
  const [first_name, last_name] = [first.value.trim(), last.value.trim()];
  if (!wanted || !first_name) return;
  try {
    choose(await control.addPerson(last_name ? { first_name, last_name } : { first_name }));
  } catch {
    phone.note("Не получилось добавить человека");
  }
}
