import { DESCRIPTION_MAX, NAME_MAX } from "../../events/card.ts";
import { charts } from "../../machines/charts.ts";
import { given, type Told } from "../given.ts";
import {
  adminRefused,
  aside,
  cancelled,
  cancelledByMaker,
  clear,
  command,
  described,
  imageFile,
  named,
  packagedProvided,
  photo,
  photoRefused,
  previewBegun,
  provided,
  refused,
  say,
  skipped,
  sticker,
  tap,
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

Deno.test("issue takes a photo or an image sent as a file, with its album", () => {
  given(chart, ...begun).hearing(photo()).proposes(provided());
  given(chart, ...begun).hearing(imageFile("one", "album")).proposes(provided("album"));
  given(chart, ...packaging).hearing(imageFile("package")).proposes(packagedProvided);
  given(chart, ...packaging).hearing(tap({ do: "skip" })).proposes(skipped);
});

Deno.test("issue takes a photo asked for again after a refusal, of whatever album", () => {
  const past = [...ofAlbum, photoRefused("2:0")];
  given(chart, ...past).hearing(photo("one", "next")).proposes(provided("next"));
  given(chart, ...past).hearing(photo()).proposes(provided());
});

Deno.test("issue puts a name on one line and a description on as many as it has", () => {
  given(chart, ...naming).hearing(text("  Winter \n sea ")).proposes(named());
  given(chart, ...describing).hearing(text("  a\n\nb ")).proposes(described("a\n\nb"));
});

Deno.test("issue takes the longest name and description, and none that is longer", () => {
  const name = "a".repeat(NAME_MAX), description = "😀".repeat(DESCRIPTION_MAX / 2);
  given(chart, ...naming).hearing(text(name)).proposes(named(name));
  given(chart, ...naming).hearing(text(name + "a")).proposes(refused("text", "name", "too_long"));
  given(chart, ...describing).hearing(text(description)).proposes(described(description));
  given(chart, ...describing).hearing(text(description + "a"))
    .proposes(refused("text", "description", "too_long"));
});

Deno.test("issue refuses a name and a description in which there is nothing to see", () => {
  for (const nothing of [" \n ", "\u200b\u200d", "\u202e"]) {
    given(chart, ...naming).hearing(text(nothing)).proposes(refused("text", "name", "empty"));
    given(chart, ...describing).hearing(text(nothing))
      .proposes(refused("text", "description", "empty"));
  }
});

const stepStates: Record<string, { past: readonly Told[]; expected: string }> = {
  photo: { past: begun, expected: "photo" },
  checking_photo: { past: checking, expected: "patience" },
  name: { past: naming, expected: "name" },
  description: { past: describing, expected: "description" },
  packaged: { past: packaging, expected: "packaged" },
  checking_packaged: { past: checkingPackaged, expected: "patience" },
};
for (const [state, { past, expected }] of Object.entries(stepStates)) {
  Deno.test(`issue says in ${state} what it waits for`, () => {
    given(chart, ...past).hearing(sticker).proposes(refused("sticker", expected));
    given(chart, ...past).hearing(command("nonsense")).proposes(refused("command", expected));
    given(chart, ...past).when(refused("sticker", expected)).reaches(
      `issuing.${state}`,
      aside("input_refused", { values: { kind: "sticker", expected, reason: null } }),
    );
  });

  Deno.test(`issue is cancelled in ${state} by command and by button`, () => {
    given(chart, ...past).hearing(command("cancel")).proposes(cancelledByMaker);
    given(chart, ...past).hearing(tap({ do: "cancel" })).proposes(cancelledByMaker);
    given(chart, ...past).when(cancelled).reaches("idle", clear, say("cancelled"));
  });

  Deno.test(`issue ends in ${state} for whoever lost the right meanwhile`, () => {
    // Where nothing can be sent but patience, the next attempt at something of a maker's tells.
    const input = expected === "packaged" || expected === "photo" ? photo() : text("Oil");
    if (state !== "checking_packaged") {
      given(chart, ...past).hearing(input, { admin: false }).proposes(adminRefused);
    }
    given(chart, ...past).hearing(photo("x", "other"), { admin: false }).proposes(adminRefused);
    given(chart, ...past).when(adminRefused).reaches("idle", clear, say("admin_refused"));
  });
}

Deno.test("issue begins for a maker only", () => {
  given(chart).hearing(tap({ do: "issue" })).proposes(previewBegun);
  given(chart).hearing(tap({ do: "issue" }), { admin: false }).proposes(adminRefused);
});

Deno.test("issue refuses buttons of other moments", () => {
  given(chart, ...naming).hearing(tap({ do: "skip" })).proposes(refused("tap", "name"));
  given(chart, ...naming).hearing(tap({ do: "confirm", number: 7 }))
    .proposes(refused("tap", "name"));
  given(chart, ...naming).hearing(tap(null)).proposes(refused("tap", "name"));
});
