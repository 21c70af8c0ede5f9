import { DESCRIPTION_MAX, NAME_MAX } from "../../events/card.ts";
import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { given } from "../given.ts";
import {
  aside,
  ask,
  askPackaged,
  cancelled,
  CARD,
  checkPhoto,
  clear,
  described,
  file,
  issueBegun,
  issued,
  kept,
  named,
  packagedProvided,
  photoRefused,
  provided,
  refused,
  say,
  sha,
  skipped,
  text,
} from "./samples.ts";
import {
  begun,
  checking,
  checkingPackaged,
  describing,
  naming,
  ofAlbum,
  packaging,
} from "./wizard.ts";

const chart = charts.current;
const showIssued: Effect = { type: "showIssued", params: { card: CARD } };
const issueCard = (callId: string, packaged: string | null = null): Effect => ({
  type: "issueCard",
  params: { callId, name: "Winter sea", description: "Oil, 1999", original: sha(), packaged },
});
const tooBig = aside("photo_refused", { values: { reason: "too_big" } });

Deno.test("issue asks for the photo when begun", () =>
  given(chart).when(issueBegun).reaches("issuing.photo", ask("ask_photo")));

Deno.test("issue checks a photo that came", () =>
  given(chart, ...begun)
    .when(provided())
    .reaches("issuing.checking_photo", checkPhoto("2:0")));

Deno.test("issue asks for the name when the photo is kept", () =>
  given(chart, ...checking).when(kept("2:0")).reaches("issuing.name", ask("ask_name")));

Deno.test("issue asks for the photo again when it is refused", () =>
  given(chart, ...checking)
    .when(photoRefused("2:0"))
    .reaches("issuing.photo", tooBig, ask("ask_photo")));

Deno.test("issue asks for the description after the name", () =>
  given(chart, ...naming)
    .when(named())
    .reaches("issuing.description", ask("ask_description")));

Deno.test("issue asks for the package after the description", () =>
  given(chart, ...describing).when(described()).reaches("issuing.packaged", askPackaged));

Deno.test("issue mints a card without its package", () =>
  given(chart, ...packaging).when(skipped).reaches("issuing.minting", issueCard("6:0")));

Deno.test("issue checks the photo of the package", () =>
  given(chart, ...packaging)
    .when(packagedProvided)
    .reaches("issuing.checking_packaged", checkPhoto("6:0", "package")));

Deno.test("issue mints a card with its package", () =>
  given(chart, ...checkingPackaged)
    .when(kept("6:0", "b"))
    .reaches("issuing.minting", issueCard("7:0", sha("b"))));

Deno.test("issue asks for the package again when its photo is refused", () =>
  given(chart, ...checkingPackaged)
    .when(photoRefused("6:0"))
    .reaches("issuing.packaged", tooBig, askPackaged));

Deno.test("issue shows the finished card and clears the wizard away", () =>
  given(chart, ...packaging, skipped).when(issued("6:0")).reaches("idle", clear, showIssued));

Deno.test("issue begun again says that the first was left", () =>
  given(chart, ...describing)
    .when(issueBegun)
    .reaches("issuing.photo", clear, say("issue_left"), ask("ask_photo")));

Deno.test("issue begun again forgets the first draft", () =>
  given(chart, ...describing, issueBegun, provided(), kept("6:0"))
    .when(named("Second"))
    .reaches("issuing.description", ask("ask_description")));

// What arrives while a photo is being checked.

Deno.test("issue keeps a name that comes while the photo is checked", () =>
  given(chart, ...checking)
    .when(named())
    .reaches("issuing.checking_photo", aside("name_kept")));

Deno.test("issue keeps a description that comes while the photo is checked", () =>
  given(chart, ...checking, named())
    .when(described())
    .reaches("issuing.checking_photo", aside("description_kept")));

Deno.test("issue asks for nothing that it was told while the photo was checked", () => {
  given(chart, ...checking, named()).when(kept("2:0"))
    .reaches("issuing.description", ask("ask_description"));
  given(chart, ...checking, named(), described()).when(kept("2:0"))
    .reaches("issuing.packaged", askPackaged);
});

Deno.test("issue keeps the name when the photo it came with is refused", () =>
  given(chart, ...checking, named(), photoRefused("2:0"), provided())
    .when(kept("5:0"))
    .reaches("issuing.description", ask("ask_description")));

Deno.test("issue hears a name, then a description, while the photo is checked", () => {
  given(chart, ...checking).hearing(text(" Winter  sea ")).proposes(named());
  given(chart, ...checking, named()).hearing(text("Oil, 1999")).proposes(described());
  given(chart, ...checking, named(), described()).hearing(text("More"))
    .proposes(refused("text", "patience"));
});

Deno.test("issue says what a text was taken for while the photo is checked", () => {
  given(chart, ...checking).hearing(text("a".repeat(NAME_MAX + 1)))
    .proposes(refused("text", "name", "too_long"));
  given(chart, ...checking, named()).hearing(text("a".repeat(DESCRIPTION_MAX + 1)))
    .proposes(refused("text", "description", "too_long"));
});

// Stale answers.

Deno.test("issue refuses the answer to another photo", () => {
  for (const past of [checking, checkingPackaged, [...ofAlbum, packagedProvided]]) {
    for (const answer of [kept("99:0"), photoRefused("99:0")]) {
      given(chart, ...past).when(answer).isRefused();
    }
  }
});

Deno.test("issue refuses a photo's answer twice", () => {
  given(chart, ...naming).when(kept("2:0")).isRefused();
  given(chart, ...naming).when(photoRefused("2:0")).isRefused();
  given(chart, ...checkingPackaged, photoRefused("6:0")).when(kept("6:0")).isRefused();
});

Deno.test("issue refuses the answer to a photo of a draft that was left", () => {
  given(chart, ...checking, cancelled).when(kept("2:0")).isRefused();
  given(chart, ...checking, issueBegun).when(kept("2:0")).isRefused();
  given(chart, ...checking, issueBegun, provided()).when(photoRefused("2:0")).isRefused();
});

Deno.test("issue refuses a card that it has not asked for", () => {
  given(chart, ...packaging, skipped).when(issued("5:0")).isRefused();
  given(chart, ...packaging).when(issued("6:0")).isRefused();
  given(chart, ...packaging, skipped, issued("6:0")).when(issued("6:0")).isRefused();
});

Deno.test("issue refuses a fact of a step that it is not at", () => {
  for (const fact of [provided(), named(), described(), skipped, packagedProvided]) {
    given(chart).when(fact).isRefused();
  }
  given(chart, ...begun).when(named()).isRefused();
  given(chart, ...naming).when(described()).isRefused();
  given(chart, ...describing).when(skipped).isRefused();
  given(chart, ...naming).when({ type: "PhotoProvided", file: file(), album: null }).isRefused();
});
