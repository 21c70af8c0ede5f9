// @ts-check
/// <reference lib="dom" />
import { element } from "./element.js";
import { icon } from "./icon.js";
import { ask } from "./sheet.js";
import { fileSize } from "./wording.js";

/** An album holds no more. */
const MOST = 10;

/**
 * Shows the files a person is about to send and asks how.
 * @param {HTMLElement} host the phone
 * @param {readonly File[]} chosen
 * @returns {Promise<{ files: File[], as: "photo" | "document", caption: string } | null>}
 */
export async function askUpload(host, chosen) {
  const files = chosen.slice(0, MOST);
  const pictures = files.every(isPicture);
  const previews = files.map(preview);
  const caption = element("input", {
    type: "text",
    class: "field",
    maxlength: 1024,
    placeholder: "Подпись, если нужна",
    "aria-label": "Подпись",
    autocomplete: "off",
  });
  /** @type {import("./sheet.js").Choice<"photo" | "document">[]} */
  const choices = [{ label: files.length > 1 ? "Как файлы" : "Как файл", value: "document" }];
  if (pictures) {
    const label = files.length > 1 ? "Отправить альбомом" : "Отправить как фото";
    choices.unshift({ label, value: "photo", primary: true });
  }
  const as = await ask(host, {
    title: title(files.length, pictures),
    body: [
      element("div", { class: "previews" }, ...previews.map(({ shown }) => shown)),
      ...(chosen.length > MOST ? [`В альбом помещается ${MOST}: остальные не уйдут.`] : []),
      caption,
    ],
    choices,
  });
  for (const { url } of previews) URL.revokeObjectURL(url);
  return as && { files, as, caption: caption.value.trim() };
}

/** @param {File} file */
function isPicture(file) {
  return file.type.startsWith("image/") && file.type !== "image/svg+xml";
}

/** @param {number} count @param {boolean} pictures */
function title(count, pictures) {
  if (count === 1) return pictures ? "Отправить фото" : "Отправить файл";
  return pictures ? `Отправить фото: ${count}` : `Отправить файлы: ${count}`;
}

/** @param {File} file @returns {{ shown: HTMLElement, url: string }} */
function preview(file) {
  const url = URL.createObjectURL(file);
  const shown = isPicture(file) ? element("img", { src: url, alt: file.name }) : element(
    "span",
    { class: "named" },
    icon("file"),
    element("span", {}, file.name),
    element("small", {}, fileSize(file.size)),
  );
  return { shown, url };
}

/**
 * Takes files that are dropped on a phone.
 * @param {HTMLElement} host the phone
 * @param {(files: readonly File[]) => void} take
 */
export function hearDrops(host, take) {
  const over = (/** @type {boolean} */ shown) => host.classList.toggle("drop", shown);
  host.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    over(true);
  });
  host.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && host.contains(relatedTarget))) over(false);
  });
  host.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    take(Array.from(event.dataTransfer?.files ?? []));
  });
}
