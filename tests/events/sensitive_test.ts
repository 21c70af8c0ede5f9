import { assertEquals, assertThrows } from "@std/assert";
import { z } from "zod";
import { CardId } from "../../events/card.ts";
import { fact } from "../../events/fact.ts";
import { facts } from "../../events/facts.ts";
import {
  sealed,
  sealedFields,
  sensitive,
  type StandInRule,
  standInRule,
} from "../../events/sensitive.ts";

/** What is not kept of each fact, as "name:text file.size:keep". */
const TOLD = `
CardCorrected card:uuid name:text description:text original:sha256 packaged:sha256
CardIssued card:uuid code:code name:text description:text original:sha256 packaged:sha256 maker:uuid
CardRestored card:uuid
CardVerified card:uuid verifier:uuid names:token
CardWithdrawn card:uuid reason:text
CardsSearched query:token
ChartUpgraded state:state
CodePhotoProvided file.file_id:text file.unique_id:text beside:code mistake.letters:text
CodePresented code:code
CodeRead code:code
DescriptionProvided description:token
EditionsIssued batch:uuid name:text description:text original:sha256 packaged:sha256 maker:uuid \
cards.card:uuid cards.code:code
InputRefused kind:word expected:word reason:word
InvitationPresented digest:sha256
MakerChosen maker:uuid
MakerDismissed maker:uuid
MakerInvited digest:sha256 token:token
NameProvided name:token
OwnCardFound card:uuid name:text
PackagedPhotoProvided file.file_id:text file.unique_id:text caption:token
PhotoKept sha256:sha256
PhotoProvided file.file_id:text file.unique_id:text album:text caption:token
WithdrawalExplained reason:token
`;

Deno.test("each field of each released fact is kept or replaced as was decided for it", () => {
  const told = [...facts].map(([type, { schema }]) => [type, ...leavesOf(standInRule(schema))])
    .filter(({ length }) => length > 1).map((words) => words.join(" "));
  const decided = TOLD.trim().split("\n");
  const released = new Set(decided.map((line) => line.split(" ")[0]));
  // A new fact is held by the next test: what nobody decided about is replaced.
  const ofReleased = told.filter((line) => released.has(line.split(" ")[0]));
  assertEquals(ofReleased.toSorted(), decided.toSorted());
});

function leavesOf(rule: StandInRule, path: readonly string[] = []): string[] {
  if (typeof rule === "string") return rule === "keep" ? [] : [`${path.join(".")}:${rule}`];
  return Object.entries(rule).flatMap(([name, it]) => leavesOf(it, [...path, name]));
}

Deno.test("string that nobody decided about is a text, wherever it is", () => {
  const free = z.string();
  assertEquals(standInRule(free), "text");
  assertEquals(standInRule(free.nullable()), "text");
  assertEquals(standInRule(z.uuid()), "text");
  assertEquals(standInRule(z.array(z.strictObject({ free }))), { free: "text" });
  for (const other of [z.json(), z.union([z.string(), z.number()]), z.record(free, free)]) {
    assertEquals(standInRule(other), "text");
  }
});

Deno.test("numbers, words of a list and yes or no tell of nobody", () => {
  for (const plain of [z.int(), z.boolean(), z.enum(["a", "b"]), z.literal("a")]) {
    assertEquals(standInRule(plain), "keep");
    assertEquals(standInRule(plain.nullable()), "keep");
  }
});

Deno.test("mark holds in lists, in objects and for what may be null or missing", () => {
  const word = sensitive(z.string(), "word");
  assertEquals(standInRule(word.nullable()), "word");
  assertEquals(standInRule(word.optional()), "word");
  assertEquals(standInRule(z.array(word.nullable())), "word");
  assertEquals(standInRule(z.strictObject({ in: z.strictObject({ word }) })), {
    in: { word: "word" },
  });
});

Deno.test("sealed fields of a fact say with whose key", () => {
  const { schema } = fact("SecretsTold", {
    by: CardId,
    own: sealed(z.string(), { for: "self", when: "heard" }),
    other: sealed(z.string(), { for: "by" }).nullable(),
  });
  assertEquals(sealedFields(schema), [
    { field: "own", for: "self", when: "heard" },
    { field: "other", for: "by" },
  ]);
  assertEquals(
    [...facts.values()].flatMap(({ type, schema }) =>
      sealedFields(schema).map(({ field }) => `${type}.${field}`)
    ).toSorted(),
    [
      ...["CardVerified.names", "CardsSearched.query", "DescriptionEdited.description"],
      ...["DescriptionProvided.description", "MakerInvited.token", "NameEdited.name"],
      ...["NameProvided.name", "PackagedPhotoProvided.caption", "PhotoProvided.caption"],
      ...["ReasonEdited.reason", "WithdrawalExplained.reason"],
    ],
  );
});

Deno.test("seal that nobody could find or open is no fact", () => {
  const hidden = () => sealed(z.string(), { for: "self" });
  assertThrows(
    () => fact("SecretsTold", { list: z.array(hidden()) }),
    TypeError,
    "Cannot seal what is inside list of SecretsTold",
  );
  assertThrows(
    () => fact("SecretsTold", { in: z.strictObject({ hidden: hidden() }) }),
    TypeError,
    "inside in of SecretsTold",
  );
  for (const seal of [{ for: "nobody" }, { for: "by", when: "heard" as const }]) {
    assertThrows(
      () => fact("SecretsTold", { by: CardId, own: sealed(z.string(), seal) }),
      TypeError,
      `Cannot seal own of SecretsTold for ${seal.for}`,
    );
  }
});
