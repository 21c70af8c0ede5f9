import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  Code,
  CODE_ALPHABET,
  type CodeReading,
  completeCode,
  groupCode,
  mistakeIn,
  readCode,
  readCodes,
  readPayload,
} from "../../events/code.ts";

const CODE = completeCode("7F3K9QZX2M0A8VBWN1H"); // 7F3K9QZX2M0A8VBWN1HZ
const GROUPED = groupCode(CODE);
const [A, B, C, D, E] = GROUPED.split(" ") as [string, string, string, string, string];
const WRONG = CODE.replace("9Q", "8Q");

const code = fc.array(fc.constantFrom(...CODE_ALPHABET), { minLength: 19, maxLength: 19 })
  .map((marks) => completeCode(marks.join("")));

/** Every look-alike a character may be typed as. */
const TYPED_AS: Record<string, string> = {
  "0": "0OoОо",
  "1": "1IiLl",
  A: "AaАа",
  B: "BbВв",
  C: "CcСс",
  E: "EeЕе",
  H: "HhНн",
  K: "KkКк",
  M: "MmМм",
  P: "PpРр",
  T: "TtТт",
  X: "XxХх",
};
const SEPARATORS = ["", "", "", " ", "  ", "\u00a0", "\u202f", "\t", "\n", "-", "‐", "‑", "‒", "–"]
  .concat(["—", "―", "−", "_", " - ", "\u00ad", "\u200b", "\u2060", "－"]);

Deno.test("code is read in any case, grouping and look-alike letters", () =>
  fc.assert(fc.property(code, fc.infiniteStream(fc.nat()), (it, dice) => {
    const pick = (from: ArrayLike<string>) => from[dice.next().value! % from.length]!;
    const typed = Array.from(
      it,
      (mark) => pick(TYPED_AS[mark] ?? mark + mark.toLowerCase()) + pick(SEPARATORS),
    )
      .join("");
    fc.pre(/\d/.test(typed));
    assertEquals(readCode(`${pick(SEPARATORS)}${typed}`), { code: it });
    assertEquals(readPayload(typed), { code: it });
  })));

Deno.test("groups and links of any code are read, even of one without a digit", () =>
  fc.assert(fc.property(code, (it) => {
    for (const text of [it, groupCode(it), `https://t.me/amanita_bot?start=v_${it}`]) {
      assertEquals(readCode(text), { code: it });
    }
  })));

Deno.test("any text is read without an exception, and what is read is a code", () =>
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
    for (const reading of [readCode(text), readPayload(text)]) {
      if (reading && "code" in reading) Code.parse(reading.code);
    }
  })));

const READ = [
  CODE,
  GROUPED,
  CODE.toLowerCase(),
  GROUPED.replaceAll(" ", "-"),
  GROUPED.replaceAll(" ", "\u00a0"),
  GROUPED.replaceAll(" ", " — "),
  `${A} ${A} ${B} ${C} ${D} ${E}`, // the first group twice
  `code ${GROUPED}`,
  `Card ${GROUPED} from the fair`,
  `мой ${GROUPED} ваш`,
  [...CODE].join(" "),
  `${A}${B} ${C}${D} ${E}`,
  `  ${GROUPED}\n`,
  `${GROUPED}.`,
  `«${GROUPED}»`,
  `"${CODE}"`,
  `(${GROUPED})`,
  `v_${CODE}`,
  `код: ${GROUPED}`,
  `Код ${GROUPED}, проверьте пожалуйста!`,
  `Вот мой код:\n${CODE}\nОн настоящий?`,
  `my code is ${GROUPED.toLowerCase()} thanks`,
  `🍄 ${GROUPED} 🍄`,
  "7F3К9QZХ2М0А8VВWN1НZ", // К Х М А В Н are Cyrillic
  "7f3к 9qzх 2мoа 8vвw nlнz",
  CODE.replaceAll("0", "O").replaceAll("1", "l"),
  CODE.replaceAll("0", "о").replaceAll("1", "I"),
  CODE.replace(/./g, (mark) => String.fromCharCode(mark.charCodeAt(0) + 0xfee0)), // full width
  `сначала ${groupCode(WRONG)}, нет, ${GROUPED}`,
  `https://t.me/amanita_bot?start=v_${CODE}`,
  `http://t.me/amanita_bot?start=v_${CODE}`,
  `t.me/amanita_bot?start=v_${CODE}`,
  `T.ME/Amanita_Bot?start=v_${CODE}`,
  `https://telegram.me/amanita_bot?start=v_${CODE}`,
  `https://www.t.me/amanita_bot?start=v_${CODE.toLowerCase()}`,
  `https://amanita_bot.t.me/?start=v_${CODE}`,
  `https://t.me/amanita_bot?start=v_${CODE}&utm=qr`,
  `https://t.me/amanita_bot?utm=qr&start=v_${CODE}#x`,
  `https://t.me/amanita_bot?start=v_${GROUPED.replaceAll(" ", "-")}`,
  `https://t.me/amanita_bot?start=v_${GROUPED.replaceAll(" ", "%20")}`,
  `tg://resolve?domain=amanita_bot&start=v_${CODE}`,
  `tg:resolve?start=v_${CODE}&domain=amanita_bot`,
  `Смотри: https://t.me/amanita_bot?start=v_${CODE}.`,
  `(https://t.me/amanita_bot?start=v_${CODE})`,
];

for (const text of READ) {
  Deno.test(`code is read from ${JSON.stringify(text)}`, () => {
    assertEquals(readCode(text), { code: CODE });
  });
}

const MISTYPED = [
  [WRONG, "check"],
  [groupCode(WRONG), "check"],
  [groupCode(WRONG).toLowerCase(), "check"],
  [swap(CODE, 3, 4), "check"],
  [`код: ${groupCode(WRONG)}`, "check"],
  [`https://t.me/amanita_bot?start=v_${WRONG}`, "check"],
  [CODE.slice(1), "length"],
  [CODE.slice(0, -1), "length"],
  [`${CODE}7`, "length"],
  [`${A} ${B} ${C} ${D}`, "length"],
  [`${A} ${B} ${C} ${D} ${E.slice(1)}`, "length"],
  ["https://t.me/amanita_bot?start=v_ABC", "length"],
  ["https://t.me/amanita_bot?start=v_", "length"],
  [CODE.replace("V", "U"), "alphabet"],
  [GROUPED.replace("V", "У"), "check"], // a Cyrillic У, which looks like Y
  [GROUPED.replace("V", "Ж").replace("Z", "з"), "alphabet"],
  ["https://t.me/amanita_bot?start=v_he!lo", "alphabet"],
  [`https://t.me/amanita_bot?start=v_${CODE.replace("V", "%")}`, "alphabet"],
] as const;

for (const [text, mistyped] of MISTYPED) {
  Deno.test(`${mistyped} is what is wrong with ${JSON.stringify(text)}`, () => {
    assertEquals(mistypedIn(readCode(text)), mistyped);
  });
}

const NOT_MEANT = [
  "",
  " ",
  "hello",
  "Hello, how are you?",
  "привет",
  "Привет, как дела?",
  "Добавить новую карту",
  "Мухомор красный",
  "Зимнее море, 2024",
  "НЕТ ТАМ КАМНЕЙ ХОТЬ ТРИ",
  "тест тест тест тест тест",
  "that card with code 5555",
  "I have 2nd card here man",
  "this is a real card, man",
  "the note seems good to me", // its check fits
  "take bus 12 to gate 4b at 9",
  "Ivan Petrov",
  "Александр Сергеевич Пушкин",
  "alexandersmith1985",
  "john_smith_1990_moscow",
  "@amanita_admin_2024x1",
  "user1234567@mail1.example.com",
  "+7 999 123-45-67",
  "89991234567",
  "8 (999) 123-45-67",
  "1234",
  "12345678901234567",
  "4276 1234 5678 9012",
  "40817810099910004312",
  "DE89370400440532013000",
  "2024-05-06 12:30:00",
  "6 мая 2024 г., 15:30",
  "А123ВС77",
  "тел 8 999 123 45 67 до 18",
  "Windows11Professional",
  "/start",
  "/catalog 3",
  "v_poryadke",
  "https://t.me/amanita_bot",
  "https://t.me/amanita_bot?start=c_12",
  `https://t.me/amanita_bot?start=${CODE}`,
  `https://example.com/?start=v_${WRONG}`,
  "https://example.com/p/AB12CD34EF56GH78JK90",
  "550e8400-e29b-41d4-a716-446655440000",
  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  "🍄🍄🍄🍄🍄🍄🍄🍄🍄🍄🍄🍄🍄🍄🍄🍄🍄🍄🍄🍄",
  "----- ----- -----",
  "ABCD",
  "A1B2 C3D4",
];

for (const text of NOT_MEANT) {
  Deno.test(`no code is meant by ${JSON.stringify(text)}`, () => {
    assertEquals(readCode(text), undefined);
  });
}

const SECOND = completeCode("0123456789ABCDEFGHJ");

for (
  const text of [
    `${CODE}\n${SECOND}`,
    `${GROUPED}\n${groupCode(SECOND)}`,
    `${GROUPED}, ${groupCode(SECOND)}, ${CODE}`,
    `код ${GROUPED} и code ${groupCode(SECOND)} вот`,
    `https://t.me/amanita_bot?start=v_${CODE} https://t.me/amanita_bot?start=v_${SECOND}`,
    `https://t.me/amanita_bot?start=v_${CODE}\n${groupCode(SECOND)}\n${groupCode(WRONG)}`,
  ]
) {
  Deno.test(`two codes, each once, are read from ${JSON.stringify(text)}`, () => {
    assertEquals(readCodes([text]), { codes: [CODE, SECOND] });
  });
}

Deno.test("codes of any number, in any order, are read each once", () =>
  fc.assert(
    fc.property(fc.uniqueArray(code, { minLength: 1, maxLength: 12 }), (codes) => {
      const read = readCodes([`Вот: ${codes.map(groupCode).join("\n")}`]);
      assert(read && "codes" in read);
      assertEquals([...read.codes], codes);
      const inline = readCodes([codes.join(", ")]);
      assertEquals(inline && "codes" in inline ? inline.codes : null, codes);
    }),
    { numRuns: 300 },
  ));

Deno.test("characters that are missing or too many are counted, wherever they are", () =>
  fc.assert(fc.property(code, fc.nat({ max: 19 }), fc.integer({ min: 1, max: 4 }), (it, i, n) => {
    const [short, long] = [
      it.slice(0, i) + it.slice(i + n),
      it.slice(0, i) + "7".repeat(n) + it.slice(i),
    ];
    const mistakes = [short, long].map((typed) => {
      const read = readPayload(typed);
      return "marks" in read ? mistakeIn(read) : null;
    });
    const missing = it.length - short.length;
    assertEquals(mistakes, [
      { mistake: "missing", count: missing, letters: "" },
      { mistake: "extra", count: n, letters: "" },
    ]);
  })));

Deno.test("letters that no code has are told, and what is hardly a code is not", () => {
  const mistake = (typed: string) => {
    const read = readPayload(typed);
    return "marks" in read ? mistakeIn(read) : "a code";
  };
  const foreign = (...letters: string[]) => ({
    mistake: "foreign" as const,
    count: letters.length,
    letters: letters.join(", "),
  });
  assertEquals(mistake(CODE.replace("V", "U")), foreign("U"));
  assertEquals(mistake(CODE.replace("V", "ж").replace("N", "Щ")), foreign("Ж", "Щ"));
  for (const typed of ["", "7", "he!lo", WRONG, "d".repeat(64)]) assertEquals(mistake(typed), null);
});

Deno.test("payload is an attempt whatever it says", () => {
  assertEquals(readPayload(CODE), { code: CODE });
  assertEquals(readPayload(GROUPED.replaceAll(" ", "_").toLowerCase()), { code: CODE });
  assertEquals(mistypedIn(readPayload(WRONG)), "check");
  assertEquals(mistypedIn(readPayload("")), "length");
  assertEquals(mistypedIn(readPayload("ABC")), "length");
  assertEquals(mistypedIn(readPayload("привет")), "alphabet");
});

Deno.test("long text is judged in less than a second", () => {
  const start = performance.now();
  for (const unit of [" ", ".", "a", "A1b2 ", "t.me/", "abcd_"]) readCode(unit.repeat(5000));
  assert(performance.now() - start < 1000);
});

const mistypedIn = (read: CodeReading | undefined) =>
  read && "mistyped" in read ? read.mistyped : read;

function swap(text: string, i: number, j: number): string {
  const marks = [...text];
  [marks[i], marks[j]] = [marks[j] ?? "", marks[i] ?? ""];
  return marks.join("");
}
