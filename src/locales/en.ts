/** Everything the bot says, in English: the same shape as in Russian. */
import { captions } from "./en_captions.ts";
import { paper, tables } from "./en_paper.ts";
import { notes, texts } from "./en_texts.ts";
import type { Catalogue } from "./ru.ts";

export const en: Catalogue = {
  texts,
  notes,
  captions,
  paper,
  tables,
  labels: {
    issue: "Add a new card",
    batch: "Batch",
    list: "My cards",
    stats: "Statistics",
    skip: "Skip",
    cancel: "Cancel",
    withdraw: "Withdraw",
    confirm_withdrawal: "Yes, withdraw",
    restore: "Restore",
    labels: "Label",
    batch_labels: "Labels of the batch",
    history: "History",
    correct: "Correct",
    part_name: "Name",
    part_description: "Description",
    part_original: "Photo",
    part_packaged: "Photo in its package",
    search: "Find",
    export: "Export",
    share: "Share",
    share_link: "Share by link",
    open: "Open the card",
    previous: "◀",
    next: "▶",
    active: "Active",
    withdrawn: "Withdrawn",
    makers: "Makers",
    invite: "Invite a maker",
    dismiss: "Remove from makers",
    language_ru: "Русский",
    language_en: "English",
  },
  card_label: (number) => `No.\u00a0${number}`,
  welcomes: {
    joined: "You are a maker now and can issue cards. The maker’s menu: /admin",
    used: "This invitation has already been used. Ask whoever sent it for a new one.",
    expired: "This invitation has expired. Ask whoever sent it for a new one.",
    unknown: "There is no such invitation. Please check that you copied the whole link.",
  },
  nameless: "No name",
  commands: {
    start: "Start over",
    help: "How to check a card",
    language: "Язык / Language",
    cancel: "Cancel what you started",
    admin: "Maker’s menu",
    batch: "Issue a batch",
  },
  description:
    "I check cards by their QR codes: I show the photos and the description, and say who " +
    "issued the card, how often it has been checked and by how many people.\n\nScan the QR code " +
    "on the package, or tap “Start” and send the code.",
  short_description: "I check cards by their QR codes: photos, the maker, the number of checks.",
  clock(time_zone) {
    // British English: the day before the month, and 24 hours.
    const format = new Intl.DateTimeFormat("en-GB", {
      dateStyle: "long",
      timeStyle: "short",
      timeZone: time_zone,
    });
    return (at) => format.format(at);
  },
};
