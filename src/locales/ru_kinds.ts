/** What is said of an input whose kind does not fit, by the kind. */

/** Sentences; `unknown` is for any other kind. */
export const kinds = {
  command: "Такой команды нет.",
  text: "Текст тут не подойдёт.",
  photo: "Фото тут не подойдёт.",
  image_file: "Фото тут не подойдёт.",
  sticker: noUse("Стикер"),
  voice: noUse("Голосовое"),
  video: noUse("Видео"),
  video_note: noUse("Кружок"),
  audio: noUse("Музыка"),
  animation: noUse("Гифка"),
  document: noUse("Файл такого вида"),
  location: noUse("Геопозиция"),
  contact: noUse("Контакт"),
  poll: noUse("Опрос"),
  dice: noUse("Кубик"),
  story: noUse("История"),
  unknown: "Такое сообщение мне не прочесть.",
};

function noUse(noun: string): string {
  return `${noun} тут не поможет.`;
}
