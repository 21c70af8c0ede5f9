/** Words under a new card's photo are offered as its name. */
import { assertEquals } from "@std/assert";
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import type { Action, Input } from "../../machines/flow/input.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { given, live, type Told } from "../given.ts";
import {
  adminRefused,
  aside,
  ask,
  cancelRow,
  described,
  file,
  kept,
  named,
  previewBegun,
  provided,
  refused,
  skipped,
  tap,
  text,
} from "./samples.ts";

const chart = charts.current;
const batchBegun: Fact = { type: "BatchBegun", preview: true };
const copies = (copies: number): Fact => ({ type: "CopiesChosen", copies });

const captioned = (caption: string | null, album: string | null = null): Fact => ({
  ...{ type: "PhotoProvided", file: file(), album, caption },
});
const withCaption = (caption: string, more: object = {}): Input => ({
  ...{ kind: "photo", file: file(), album: null, caption, ...more },
});
const takeRow = [{ label: "take_name", action: { do: "take_name" } as Action }];
const offer = (name: string, copies: number | null = null): Effect =>
  aside("offer_name", { values: { copies, name }, buttons: [takeRow, cancelRow] });

Deno.test("words under the photo are heard by the rules of a name", () => {
  const heard = (caption: string) => given(chart, previewBegun).hearing(withCaption(caption));
  heard("  Зимнее\n море ").proposes(captioned("Зимнее море"));
  heard("я".repeat(80)).proposes(captioned("я".repeat(80)));
  heard("я".repeat(81)).proposes(captioned(null));
  heard(" \u200b").proposes(provided());
});

Deno.test("words under the photo are offered as the name, for a card and for a batch", () => {
  given(chart, previewBegun, captioned("Зонт")).when(kept("2:0"))
    .reaches("issuing.name", offer("Зонт"));
  given(chart, batchBegun, copies(5), captioned("Зонт")).when(kept("3:0"))
    .reaches("issuing.name", offer("Зонт", 5));
  given(chart, previewBegun, captioned(null)).when(kept("2:0")).reaches(
    "issuing.name",
    aside("long_caption", { values: { copies: null }, buttons: [cancelRow] }),
  );
});

Deno.test("name that is offered is taken by its button, and another may be typed", () => {
  const offered = [previewBegun, captioned("Зонт"), kept("2:0")];
  given(chart, ...offered).hearing(tap({ do: "take_name" })).proposes(named("Зонт"));
  given(chart, ...offered).hearing(tap({ do: "take_name" }), { admin: false })
    .proposes(adminRefused);
  given(chart, ...offered).hearing(text("Шляпа")).proposes(named("Шляпа"));
  given(chart, previewBegun, provided(), kept("2:0")).hearing(tap({ do: "take_name" }))
    .proposes(refused("tap", "name"));
});

Deno.test("name that was typed before is not asked for again", () =>
  given(chart, previewBegun, captioned("Зонт"), named("Шляпа")).when(kept("2:0"))
    .reaches("issuing.description", ask("ask_description")));

Deno.test("words under an album's second photo are offered where the first has none", () => {
  const album = [previewBegun, provided("album")];
  const second: Fact = { type: "PackagedPhotoProvided", file: file("package"), caption: "Зонт" };
  given(chart, ...album).hearing(withCaption("Зонт", { album: "album", file: file("package") }))
    .proposes(second);
  given(chart, ...album, second).when(kept("2:0")).reaches("issuing.name", offer("Зонт"));
  given(chart, previewBegun, captioned("Шляпа", "album"), second).when(kept("2:0"))
    .reaches("issuing.name", offer("Шляпа"));
});

Deno.test("name that was taken from under the photo is mended with it", () => {
  const begun: Fact = { ...captioned("Зонт"), message: 3 } as Fact;
  const taken = [previewBegun, begun, kept("2:0"), { ...named("Зонт"), message: 3 } as Fact];
  given(chart, ...taken.slice(0, -1)).hearing(tap({ do: "take_name" }))
    .proposes({ ...named("Зонт"), message: 3 } as Fact);
  const edited = (caption: string) => withCaption(caption, { message: 3, edited: true });
  given(chart, ...taken).hearing(edited("Шляпа")).proposes({ type: "NameEdited", name: "Шляпа" });
  given(chart, ...taken).hearing(edited("Зонт")).proposes({ type: "EditIgnored" });
  const typed = [...taken.slice(0, -1), named("Трость")];
  given(chart, ...typed).hearing(edited("Шляпа")).proposes({ type: "EditIgnored" });
});

Deno.test("words under a photo are forgotten once there is a name", () => {
  const second: Fact = { type: "PackagedPhotoProvided", file: file("package"), caption: "Шляпа" };
  const captionOf = (...past: readonly Told[]): unknown =>
    live(chart, [previewBegun, ...past]).context.draft.caption;
  assertEquals(captionOf(captioned("Зонт", "album")), "Зонт");
  assertEquals(captionOf(captioned("Зонт", "album"), named()), null);
  assertEquals(captionOf(provided("album"), named(), second), undefined);
  const long = [previewBegun, captioned(null), kept("2:0"), named(), described(), skipped];
  given(chart, ...long).when({ type: "DraftReopened", part: "name" }).reaches(
    "issuing.name",
    aside("again_name", {
      buttons: [[{ label: "review", action: { do: "review" } }], cancelRow],
    }),
  );
});
