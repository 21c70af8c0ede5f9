// @ts-check

const CLOCK = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long" });

/**
 * @param {{ first_name: string, last_name?: string }} person
 * @returns {string} the name as a messenger shows it
 */
export function fullName(person) {
  return person.last_name ? `${person.first_name} ${person.last_name}` : person.first_name;
}

/** @param {{ first_name: string, last_name?: string }} person @returns {string} 1–2 letters */
export function initials(person) {
  const letter = (/** @type {string} */ word) => Array.from(word)[0] ?? "";
  return (letter(person.first_name) + letter(person.last_name ?? "")).toUpperCase();
}

/** @param {number} date Unix seconds @returns {string} `14:05` */
export function clock(date) {
  return CLOCK.format(date * 1000);
}

/**
 * @param {number} date Unix seconds
 * @param {Date} [now]
 * @returns {string} `Сегодня`, `Вчера`, `12 ноября`
 */
export function dayName(date, now = new Date()) {
  const day = new Date(date * 1000);
  const midnight = (/** @type {Date} */ of) => new Date(of).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(now) - midnight(day)) / 86_400_000);
  if (days === 0) return "Сегодня";
  if (days === 1) return "Вчера";
  return DAY.format(day);
}

/** @param {number | undefined} bytes @returns {string} `840 Б`, `12,4 КБ` */
export function fileSize(bytes) {
  if (bytes === undefined) return "";
  if (bytes < 1024) return `${bytes} Б`;
  const [size, unit] = bytes < 1024 ** 2 ? [bytes / 1024, "КБ"] : [bytes / 1024 ** 2, "МБ"];
  return `${size.toLocaleString("ru", { maximumFractionDigits: 1 })} ${unit}`;
}

/** @param {number} seconds @returns {string} `0:07` */
export function duration(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** @type {Readonly<Record<string, string>>} */
const ACTIONS = {
  typing: "печатает…",
  upload_photo: "отправляет фото…",
  upload_document: "отправляет файл…",
  upload_video: "отправляет видео…",
  record_voice: "записывает голосовое…",
  choose_sticker: "выбирает стикер…",
};

/** @param {string} action of sendChatAction @returns {string} what the bot is doing */
export function doing(action) {
  return ACTIONS[action] ?? "печатает…";
}

/**
 * @param {import("grammy/types").Message} message
 * @returns {string} one line that stands for the message in a quote or an announcement
 */
export function summary(message) {
  if (message.text) return message.text;
  const kind = message.photo
    ? "Фото"
    : message.document
    ? message.document.file_name ?? "Файл"
    : message.sticker
    ? "Стикер"
    : message.voice
    ? "Голосовое сообщение"
    : message.video
    ? "Видео"
    : message.location
    ? "Геопозиция"
    : message.contact
    ? "Контакт"
    : "Сообщение";
  return message.caption ? `${kind}: ${message.caption}` : kind;
}
