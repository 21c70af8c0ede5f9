import { assertEquals, assertMatch, assertNotMatch, assertThrows } from "@std/assert";
import {
  bareStream,
  dialogueStream,
  groupStreams,
  personOfStream,
  readDialogueStream,
  Stream,
} from "../../events/stream.ts";

const PERSON = "0191e2f0-0000-4000-8000-00000000000a";
const OTHERS = ["case:1", "dialogue:", "dialogue:1", `dialogue:${PERSON}@`, ` dialogue:${PERSON}`];

Deno.test("dialogue is named by its person, and in groups by the group as well", () => {
  assertEquals(dialogueStream(PERSON), `dialogue:${PERSON}`);
  assertEquals(dialogueStream(PERSON, -100_500), `dialogue:${PERSON}@-100500`);
});

Deno.test("stream says who and where it is", () => {
  for (const group of [null, -100_500, 7]) {
    const stream = dialogueStream(PERSON, group);
    assertMatch(stream, Stream);
    assertEquals(readDialogueStream(stream), { person: PERSON, group });
    assertEquals(personOfStream(stream), PERSON);
    assertEquals(stream.startsWith(groupStreams(PERSON)), group !== null);
  }
});

Deno.test("stream that is no dialogue is nobody's", () => {
  for (const stream of OTHERS) {
    assertNotMatch(stream, Stream);
    assertEquals(readDialogueStream(stream), null);
    assertThrows(() => personOfStream(stream), Error, "it is no dialogue");
  }
});

Deno.test("bare name leaves out what all dialogues begin with", () => {
  assertEquals(bareStream(dialogueStream(PERSON)), PERSON);
  assertEquals(bareStream("0191"), "0191");
});
