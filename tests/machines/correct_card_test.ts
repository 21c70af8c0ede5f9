import { NAME_MAX } from "../../events/card.ts";
import type { CardPart } from "../../events/correction.ts";
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { given } from "../given.ts";
import {
  adminRefused,
  aside,
  ask,
  cancelled,
  cancelRow,
  CARD,
  checkPhoto,
  chosen,
  clear,
  described,
  file,
  findCode,
  found,
  imageFile,
  issueBegun,
  kept,
  listOpened,
  missing,
  named,
  photo,
  photoRefused,
  presented,
  provided,
  refused,
  say,
  sha,
  skipped,
  sticker,
  tap,
  text,
  toast,
} from "./samples.ts";

const chart = charts.current;
const asked: Fact = { type: "CorrectionAsked", number: 7 };
const part = (part: CardPart): Fact => ({ type: "CorrectionChosen", part });
const unchanged = { name: null, description: null, original: null, packaged: null };
const corrected = (callId: string): Fact => ({
  ...{ type: "CardCorrected", callId, card: CARD, ...unchanged, name: "Winter sea" },
});
const correctCard = (callId: string, change: Partial<typeof unchanged> | object): Effect => ({
  type: "correctCard",
  params: { callId, number: 7, ...unchanged, ...change },
});
const findOwnCard = (callId: string): Effect => ({
  type: "findOwnCard",
  params: { callId, number: 7 },
});
const showOwnCard: Effect = { type: "showOwnCard", params: { card: CARD } };
const packagedAnew: Fact = { type: "PackagedPhotoProvided", file: file() };
const button = (part: CardPart) => ({
  label: `part_${part}`,
  action: { do: "amend", part },
} as const);
const askPart = aside("ask_part", {
  values: { number: 7, name: "Winter sea" },
  buttons: [
    [button("name"), button("description")],
    [button("original"), button("packaged")],
    cancelRow,
  ],
});

const choosing = [asked, found("1:0")];
const naming = [...choosing, part("name")];

Deno.test("correction looks for the card, then asks what of it", () => {
  given(chart).when(asked).reaches("choosing", findOwnCard("1:0"));
  given(chart, asked).when(found("1:0")).reaches("correcting.part", askPart);
  given(chart, asked).when(found("1:0", false)).reaches("correcting.part", askPart);
  given(chart, asked).when(missing("1:0")).reaches("idle", toast("own_card_missing"));
});

Deno.test("correction asks for what was chosen, and for another part instead", () => {
  for (const one of ["name", "description", "original", "packaged"] as const) {
    given(chart, ...choosing).when(part(one)).reaches(`correcting.${one}`, ask(`ask_new_${one}`));
    given(chart, ...naming).when(part(one)).reaches(`correcting.${one}`, ask(`ask_new_${one}`));
  }
});

Deno.test("correction of words is saved at once", () => {
  given(chart, ...naming).when(named("Summer sea"))
    .reaches("correcting.saving", correctCard("4:0", { name: "Summer sea" }));
  given(chart, ...choosing, part("description")).when(described("Ink"))
    .reaches("correcting.saving", correctCard("4:0", { description: "Ink" }));
});

Deno.test("correction of a photo is saved when the photo is kept", () => {
  given(chart, ...choosing, part("original")).when(provided())
    .reaches("correcting.checking_photo", checkPhoto("4:0"));
  given(chart, ...choosing, part("original"), provided()).when(kept("4:0", "b"))
    .reaches("correcting.saving", correctCard("5:0", { original: sha("b") }));
  given(chart, ...choosing, part("packaged"), packagedAnew).when(kept("4:0", "b"))
    .reaches("correcting.saving", correctCard("5:0", { packaged: sha("b") }));
});

Deno.test("correction asks for the photo again where it cannot be used", () => {
  const refusal = aside("photo_refused", { values: { reason: "too_big" } });
  given(chart, ...choosing, part("original"), provided()).when(photoRefused("4:0"))
    .reaches("correcting.original", refusal, ask("ask_new_original"));
  given(chart, ...choosing, part("packaged"), packagedAnew).when(photoRefused("4:0"))
    .reaches("correcting.packaged", refusal, ask("ask_new_packaged"));
});

Deno.test("corrected card is shown as it stands now", () =>
  given(chart, ...naming, named()).when(corrected("4:0"))
    .reaches("idle", clear, say("card_corrected"), showOwnCard));

Deno.test("correction of a card that is the person's no more says so", () =>
  given(chart, ...naming, named()).when(missing("4:0"))
    .reaches("idle", clear, say("correction_left")));

Deno.test("correction takes only the answers that it waits for", () => {
  given(chart, ...naming, named()).when(corrected("3:0")).isRefused();
  given(chart, ...naming).when(corrected("3:0")).isRefused();
  given(chart, ...naming).when(described()).isRefused();
  given(chart, ...choosing, part("original"), provided()).when(kept("3:0")).isRefused();
  given(chart, ...naming, named(), corrected("4:0")).when(corrected("4:0")).isRefused();
  given(chart, ...choosing).when(named()).isRefused();
});

Deno.test("correction is left for whatever begins anew", () => {
  given(chart, ...naming).when(cancelled).reaches("idle", clear, say("cancelled"));
  given(chart, ...naming).when(issueBegun)
    .reaches("issuing.photo", clear, say("correction_left"), ask("ask_photo"));
  given(chart, ...naming).when(asked).reaches("choosing", clear, findOwnCard("4:0"));
  given(chart, ...naming).when(chosen("look")).reaches("choosing", clear, findOwnCard("4:0"));
  given(chart, ...naming).when(listOpened)
    .reaches("correcting.name", { type: "showList", params: { page: 0 } });
  given(chart, ...naming).when(presented()).reaches("correcting.name", findCode("4:0"));
});

// What is heard.

Deno.test("correction hears its buttons and what fits the part", () => {
  given(chart).hearing(tap({ do: "correct", number: 7 })).proposes(asked);
  for (const one of ["name", "description", "original", "packaged"] as const) {
    given(chart, ...choosing).hearing(tap({ do: "amend", part: one })).proposes(part(one));
    given(chart, ...naming).hearing(tap({ do: "amend", part: one })).proposes(part(one));
  }
  given(chart, ...naming).hearing(text(" Summer\nsea ")).proposes(named("Summer sea"));
  given(chart, ...choosing, part("description")).hearing(text("Ink")).proposes(described("Ink"));
  for (const picture of [photo(), imageFile()]) {
    given(chart, ...choosing, part("original")).hearing(picture).proposes(provided());
    given(chart, ...choosing, part("packaged")).hearing(picture).proposes(packagedAnew);
  }
});

Deno.test("correction says what it waits for", () => {
  const expects = {
    name: "name",
    description: "description",
    original: "photo",
    packaged: "new_packaged",
  };
  given(chart, ...choosing).hearing(text("Summer sea")).proposes(refused("text", "part"));
  for (const one of ["name", "description", "original", "packaged"] as const) {
    given(chart, ...choosing, part(one)).hearing(sticker)
      .proposes(refused("sticker", expects[one]));
  }
  given(chart, ...naming).when(refused("sticker", "name")).reaches(
    "correcting.name",
    aside("input_refused", { values: { kind: "sticker", expected: "name", reason: null } }),
  );
  given(chart, ...naming).hearing(text("a".repeat(NAME_MAX + 1)))
    .proposes(refused("text", "name", "too_long"));
  given(chart, ...choosing, part("original"), provided()).hearing(photo())
    .proposes(refused("photo", "patience", "not_now"));
});

Deno.test("correction is for makers only, at every step", () => {
  given(chart).hearing(tap({ do: "correct", number: 7 }), { admin: false })
    .proposes(adminRefused);
  given(chart, ...naming).hearing(text("Summer sea"), { admin: false }).proposes(adminRefused);
  given(chart, ...choosing).hearing(tap({ do: "amend", part: "name" }), { admin: false })
    .proposes(adminRefused);
  given(chart, ...naming).when(adminRefused).reaches("idle", clear, say("admin_refused"));
});

Deno.test("correction waits for a batch that is still being issued", () => {
  const ordered: Fact[] = [
    ...[{ type: "BatchBegun" }, { type: "CopiesChosen", copies: 24 }] as const,
    ...[provided(), kept("3:0"), named(), described(), skipped],
  ];
  given(chart, ...ordered).hearing(tap({ do: "correct", number: 7 }))
    .proposes({ type: "BatchAwaited" });
});
