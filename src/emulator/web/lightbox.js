// @ts-check
/// <reference lib="dom" />
import { control } from "./control.js";
import { element } from "./element.js";
import { icon } from "./icon.js";

/**
 * Shows pictures over the whole window, one at a time: arrows turn, Escape or a touch closes.
 * @param {readonly import("./media.js").Picture[]} pictures
 * @param {number} at which one first
 * @param {(file_id: string) => void} scan
 */
export function lightbox(pictures, at, scan) {
  let shown = at;
  const image = element("img", { alt: "" });
  const words = element("p", { class: "caption" });
  const turn = (/** @type {number} */ step) => {
    shown = (shown + step + pictures.length) % pictures.length;
    const picture = pictures[shown];
    if (!picture) return;
    image.src = control.fileUrl(picture.file_id);
    image.alt = picture.caption || "Фото";
    words.textContent = picture.caption;
  };
  const button = (
    /** @type {string} */ name,
    /** @type {string} */ label,
    /** @type {import("./icon.js").IconName} */ drawing,
    /** @type {() => void} */ act,
  ) =>
    element("button", {
      type: "button",
      class: name,
      title: label,
      "aria-label": label,
      onclick: act,
    }, icon(drawing));
  const made = element(
    "dialog",
    { class: "lightbox", "aria-label": "Просмотр фото" },
    image,
    words,
    pictures.length > 1 && button("back", "Предыдущее", "chevron", () => turn(-1)),
    pictures.length > 1 && button("next", "Следующее", "chevron", () => turn(1)),
    button("scan", "Сканировать на другом телефоне", "scan", () => {
      made.close();
      const picture = pictures[shown];
      if (picture) scan(picture.file_id);
    }),
    button("close", "Закрыть", "close", () => made.close()),
  );
  made.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowRight" || key === "ArrowLeft") turn(key === "ArrowRight" ? 1 : -1);
  });
  made.addEventListener("click", (event) => {
    if (event.target === made || event.target === image) made.close();
  });
  made.addEventListener("close", () => made.remove());
  turn(0);
  document.body.append(made);
  made.showModal();
}
