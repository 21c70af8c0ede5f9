/** A maker sees a card before it is issued, and a batch's steps name it. */
import type { Fact } from "../../events/facts.ts";
import { charts } from "../../machines/charts.ts";
import type { Input } from "../../machines/flow/input.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { given, type Told } from "../given.ts";
import {
  adminRefused,
  aside,
  ask,
  askPackaged,
  cancelledByMaker,
  cancelRow,
  checkPhoto,
  clear,
  described,
  issued,
  kept,
  named,
  packagedProvided,
  photo,
  photoRefused,
  previewBegun,
  provided,
  refused,
  say,
  sha,
  skipped,
  tap,
  text,
} from "./samples.ts";

const chart = charts.current;
const approved: Fact = { type: "DraftApproved" };
const reviewed: Fact = { type: "DraftReviewed" };
type Part = "name" | "description" | "original" | "packaged";
const reopened = (part: Part): Fact => ({ type: "DraftReopened", part });
const batchBegun: Fact = { type: "BatchBegun", preview: true };
const copies = (copies: number): Fact => ({ type: "CopiesChosen", copies });

const asked: readonly Told[] = [previewBegun, provided(), kept("2:0"), named(), described()];
/** The next fact is the seventh. */
const shown: readonly Told[] = [...asked, skipped];
/** The next fact is the eighth. */
const shownBatch: readonly Told[] = [
  ...[batchBegun, copies(5), provided(), kept("3:0"), named(), described(), skipped],
];
const showDraft = (more: Readonly<Record<string, unknown>> = {}): Effect => ({
  type: "showDraft",
  params: {
    ...{ name: "Winter sea", description: "Oil, 1999", original: sha(), packaged: null },
    ...{ copies: null, ...more },
  },
});
const reviewRow = [{ label: "review", action: { do: "review" } }];
const again = (text: string): Effect => aside(text, { buttons: [reviewRow, cancelRow] });

Deno.test("preview comes after the last answer, and nothing is issued yet", () => {
  given(chart, ...asked).when(skipped).reaches("issuing.preview", clear, showDraft());
  given(chart, ...asked, packagedProvided).when(kept("6:0", "b"))
    .reaches("issuing.preview", clear, showDraft({ packaged: sha("b") }));
});

Deno.test("draft of before previews is issued by its last answer", () => {
  const begun: Fact = { type: "IssueBegun" };
  given(chart, begun, ...asked.slice(1)).when(skipped).reaches("issuing.minting", {
    type: "issueCard",
    params: {
      ...{ callId: "6:0", name: "Winter sea", description: "Oil, 1999" },
      ...{ original: sha(), packaged: null },
    },
  });
  given(chart, begun, ...asked.slice(1)).hearing(tap({ do: "approve" }))
    .proposes(refused("tap", "packaged"));
});

Deno.test("approval issues the card once", () => {
  given(chart, ...shown).hearing(tap({ do: "approve" })).proposes(approved);
  given(chart, ...shown).when(approved).reaches("issuing.minting", {
    type: "issueCard",
    params: {
      ...{ callId: "7:0", name: "Winter sea", description: "Oil, 1999" },
      ...{ original: sha(), packaged: null },
    },
  });
  const done = [...shown, approved, issued("7:0")];
  given(chart, ...done).hearing(tap({ do: "approve" })).proposes(refused("tap", "code"));
  given(chart, ...done).when(approved).isRefused();
});

Deno.test("approval of a batch orders its cards", () => {
  given(chart, ...shownBatch).when(approved).reaches(
    "idle",
    { type: "continueBatch", params: { callId: "8:0" } },
    { type: "showProgress", params: { done: 0, of: 5 } },
    clear,
  );
});

Deno.test("preview is for makers only, and ends with the wizard", () => {
  const actions = [{ do: "approve" }, { do: "review" }, { do: "reopen", part: "name" }];
  for (const action of [...actions, { do: "show", from: "issue" }]) {
    given(chart, ...shown).hearing(tap(action), { admin: false }).proposes(adminRefused);
  }
  given(chart, ...shown).when(cancelledByMaker).reaches(
    "idle",
    clear,
    say("cancelled", {
      buttons: [
        [{ label: "issue", action: { do: "issue" } }],
        [{ label: "batch", action: { do: "batch" } }, { label: "list", action: { do: "list" } }],
        [{ label: "stats", action: { do: "stats" } }],
      ],
    }),
  );
});

Deno.test("preview hears words and photos as none of its answers", () => {
  given(chart, ...shown).hearing(text("Да")).proposes(refused("text", "approval"));
  given(chart, ...shown).hearing(photo()).proposes(refused("photo", "approval", "not_now"));
});

const parts: readonly [Part, state: string, question: Effect, answer: readonly Told[], Effect][] = [
  ["name", "name", again("again_name"), [named("Summer")], showDraft({ name: "Summer" })],
  [
    ...["description", "description", again("again_description")] as const,
    ...[[described("Paper")], showDraft({ description: "Paper" })] as const,
  ],
  [
    ...["original", "photo", again("again_photo")] as const,
    ...[[provided(), kept("8:0", "c")], showDraft({ original: sha("c") })] as const,
  ],
  [
    "packaged",
    "packaged",
    aside("again_packaged", {
      buttons: [[{ label: "skip", action: { do: "skip" } }, ...reviewRow], cancelRow],
    }),
    [packagedProvided, kept("8:0", "d")],
    showDraft({ packaged: sha("d") }),
  ],
];
for (const [part, state, question, answer, preview] of parts) {
  Deno.test(`${part} that is told anew is shown anew`, () => {
    given(chart, ...shown).hearing(tap({ do: "reopen", part })).proposes(reopened(part));
    given(chart, ...shown).when(reopened(part)).reaches(`issuing.${state}`, question);
    const facts = [...shown, reopened(part), ...answer];
    const last = facts.at(-1);
    if (last) {
      given(chart, ...facts.slice(0, -1)).when(last).reaches("issuing.preview", clear, preview);
    }
  });

  Deno.test(`${part} that was to be told anew may stay as it is`, () => {
    const amid = [...shown, reopened(part)];
    given(chart, ...amid).hearing(tap({ do: "review" })).proposes(reviewed);
    given(chart, ...amid).when(reviewed).reaches("issuing.preview", clear, showDraft());
    given(chart, ...amid).hearing(tap({ do: "approve" })).proposes(approved);
  });
}

Deno.test("photo that is checked anew keeps the card from being issued", () => {
  const checked = [...shown, reopened("original"), provided()];
  for (const action of [{ do: "approve" }, { do: "review" }, { do: "reopen", part: "name" }]) {
    given(chart, ...checked).hearing(tap(action)).proposes(refused("tap", "patience"));
  }
  for (const fact of [approved, reviewed, reopened("name")]) {
    given(chart, ...checked).when(fact).isRefused();
  }
  given(chart, ...checked).when(photoRefused("8:0")).reaches(
    "issuing.photo",
    aside("photo_refused", { values: { reason: "too_big" } }),
    ask("ask_photo"),
  );
});

Deno.test("album with a photo told anew brings its package, however late", () => {
  const second = photo("package", "album");
  const checked = [...shown, reopened("original"), provided("album")];
  given(chart, ...checked).hearing(second).proposes(packagedProvided);
  const late = [...checked, kept("8:0")];
  given(chart, ...late).hearing(second).proposes(packagedProvided);
  given(chart, ...late).when(packagedProvided)
    .reaches("issuing.checking_packaged", checkPhoto("10:0", "package"));
  given(chart, ...late, packagedProvided).when(kept("10:0", "e"))
    .reaches("issuing.preview", clear, showDraft({ packaged: sha("e") }));
});

Deno.test("message that is mended while the card is shown is shown anew", () => {
  given(chart, ...shown).when({ type: "NameEdited", name: "Summer" })
    .reaches("issuing.preview", clear, showDraft({ name: "Summer" }));
  given(chart, ...shown).when({ type: "DescriptionEdited", description: "Paper" })
    .reaches("issuing.preview", clear, showDraft({ description: "Paper" }));
  given(chart, ...shownBatch).when({ type: "CopiesEdited", copies: 6 })
    .reaches("issuing.preview", clear, showDraft({ copies: 6 }));
});

// Each step of a batch names it.

const ofBatch = (text: string): Effect =>
  aside(text, { values: { copies: 5 }, buttons: [cancelRow] });

Deno.test("batch is named by each of its steps", () => {
  const facts = shownBatch;
  const upto = (count: number) => given(chart, ...facts.slice(0, count));
  upto(1).when(copies(5)).reaches("issuing.photo", ofBatch("batch_photo"));
  upto(3).when(kept("3:0")).reaches("issuing.name", ofBatch("batch_name"));
  upto(4).when(named()).reaches("issuing.description", ofBatch("batch_description"));
  upto(5).when(described()).reaches(
    "issuing.packaged",
    aside("batch_packaged", {
      values: { copies: 5 },
      buttons: [[{ label: "skip", action: { do: "skip" } }], cancelRow],
    }),
  );
  upto(6).when(skipped).reaches("issuing.preview", clear, showDraft({ copies: 5 }));
});

Deno.test("card of no batch has steps of its own", () => {
  given(chart).when(previewBegun).reaches("issuing.photo", ask("ask_photo"));
  given(chart, ...asked.slice(0, -1)).when(described()).reaches("issuing.packaged", askPackaged);
});

Deno.test("message with the package's photo is known to be an answer that is over", () => {
  const sent: Fact = { ...packagedProvided, message: 9 } as Fact;
  given(chart, ...asked).hearing({ ...photo("package"), message: 9 } as Input).proposes(sent);
  const done = [...asked, sent, kept("6:0", "b"), approved, issued("8:0")];
  given(chart, ...done).hearing({ ...photo("other"), message: 9, edited: true } as Input)
    .proposes({ type: "EditRefused", reason: "late" });
});
