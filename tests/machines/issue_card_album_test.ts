import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { given, type Told } from "../given.ts";
import {
  aside,
  ask,
  askPackaged,
  checkPhoto,
  described,
  imageFile,
  kept,
  named,
  packagedProvided,
  photo,
  photoRefused,
  provided,
  refused,
  sha,
} from "./samples.ts";
import { naming, ofAlbum } from "./wizard.ts";

// An album: the first photo is the original, the second the package.
const chart = charts.current;
const issueCard = (callId: string, packaged: string | null = null): Effect => ({
  type: "issueCard",
  params: { callId, name: "Winter sea", description: "Oil, 1999", original: sha(), packaged },
});
const tooBig = aside("photo_refused", { values: { reason: "too_big" } });

const second = photo("package", "album");
const albumStates: Record<string, readonly Told[]> = {
  photo: [...ofAlbum, photoRefused("2:0")],
  checking_photo: ofAlbum,
  name: [...ofAlbum, kept("2:0")],
  description: [...ofAlbum, kept("2:0"), named()],
  packaged: [...ofAlbum, kept("2:0"), named(), described()],
};
for (const [state, past] of Object.entries(albumStates)) {
  Deno.test(`issue takes an album's second photo in ${state} for the package`, () => {
    given(chart, ...past).hearing(second).proposes(packagedProvided);
    const next = state === "packaged" ? "checking_packaged" : state;
    given(chart, ...past).when(packagedProvided)
      .reaches(`issuing.${next}`, checkPhoto(`${past.length + 1}:0`, "package"));
  });

  Deno.test(`issue refuses an album's third photo in ${state}`, () => {
    const expected = { checking_photo: "patience", packaged: "patience" }[state] ?? state;
    given(chart, ...past, packagedProvided).hearing(photo("third", "album"))
      .proposes(refused("photo", expected, "third_photo"));
    given(chart, ...past, packagedProvided).hearing(imageFile("third", "album"))
      .proposes(refused("image_file", expected, "third_photo"));
  });
}

Deno.test("issue refuses a photo of another album, and one of none, until it is asked for", () => {
  for (const album of ["other", null]) {
    given(chart, ...ofAlbum).hearing(photo("x", album))
      .proposes(refused("photo", "patience", "not_now"));
    given(chart, ...ofAlbum, kept("2:0")).hearing(photo("x", album))
      .proposes(refused("photo", "name", "not_now"));
  }
});

Deno.test("issue refuses a second photo where the first came alone", () =>
  given(chart, ...naming).hearing(photo()).proposes(refused("photo", "name", "not_now")));

Deno.test("issue keeps the package before the original", () => {
  const past = [...ofAlbum, packagedProvided];
  given(chart, ...past).when(kept("3:0", "b")).reaches("issuing.checking_photo");
  given(chart, ...past, kept("3:0", "b"), kept("2:0"), named())
    .when(described())
    .reaches("issuing.minting", issueCard("7:0", sha("b")));
});

Deno.test("issue waits for the package when all else is known", () => {
  const past = [...ofAlbum, packagedProvided, kept("2:0"), named()];
  given(chart, ...past).when(described()).reaches(
    "issuing.checking_packaged",
    aside("description_kept"),
  );
  given(chart, ...past, described()).when(kept("3:0", "b"))
    .reaches("issuing.minting", issueCard("7:0", sha("b")));
});

Deno.test("issue keeps the package while the name is asked", () =>
  given(chart, ...ofAlbum, kept("2:0"), packagedProvided)
    .when(kept("4:0", "b"))
    .reaches("issuing.name"));

Deno.test("issue tells at once that the album's package is refused, and asks for it later", () => {
  const past = [...ofAlbum, packagedProvided];
  given(chart, ...past).when(photoRefused("3:0")).reaches("issuing.checking_photo", tooBig);
  given(chart, ...past, kept("2:0")).when(photoRefused("3:0")).reaches("issuing.name", tooBig);
  for (const answers of [[kept("2:0"), photoRefused("3:0")], [photoRefused("3:0"), kept("2:0")]]) {
    given(chart, ...past, ...answers, named()).when(described())
      .reaches("issuing.packaged", askPackaged);
  }
});

Deno.test("issue keeps the package when the original of the album is refused", () =>
  given(chart, ...ofAlbum, packagedProvided, photoRefused("2:0"), kept("3:0", "b"), provided())
    .when(kept("6:0"))
    .reaches("issuing.name", ask("ask_name")));
