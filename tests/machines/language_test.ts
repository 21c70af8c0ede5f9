import { charts } from "../../machines/charts.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import type { Fact } from "../../events/facts.ts";
import { given } from "../given.ts";
import { command, say, tap } from "./samples.ts";
import { naming } from "./wizard.ts";

const chart = charts.current;
const asked: Fact = { type: "LanguageAsked" };
const chosen: Fact = { type: "LanguageChosen", language: "en" };
const showCommands: Effect = { type: "showCommands", params: {} };

Deno.test("dialogue asks for a language with a button for each", () =>
  given(chart).when(asked).reaches(
    "idle",
    say("ask_language", {
      buttons: [[
        { label: "language_ru", action: { do: "speak", language: "ru" } },
        { label: "language_en", action: { do: "speak", language: "en" } },
      ]],
    }),
  ));

Deno.test("dialogue says that it speaks another language, and shows its commands", () =>
  given(chart).when(chosen).reaches("idle", say("language_chosen"), showCommands));

Deno.test("dialogue changes its language beside a flow, which goes on", () =>
  given(chart, ...naming).when(chosen)
    .reaches("issuing.name", say("language_chosen"), showCommands));

Deno.test("dialogue hears a language by command and by button, from anybody", () => {
  for (const past of [[], naming]) {
    const heard = given(chart, ...past);
    heard.hearing(command("language")).proposes(asked);
    heard.hearing(command("language", "klingon")).proposes(asked);
    heard.hearing(command("language", "EN"), { admin: false }).proposes(chosen);
    heard.hearing(tap({ do: "speak", language: "en" }), { admin: false }).proposes(chosen);
  }
});
