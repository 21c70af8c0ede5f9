/** A card before it is issued, as buyers will see it, and what its maker may say to it. */
import { CardPart } from "../../../events/correction.ts";
import { cancelRow } from "../../../machines/flows/cancel.ts";
import { approve, reopen, show, type showDraft } from "../../../machines/flows/draft_preview.ts";
import { WIZARD } from "../../../machines/flow/wizard.ts";
import type { ParamsOf } from "../../../machines/flow/effect.ts";
import { escapeHtml } from "../../base/escape_html.ts";
import { openAll } from "../../base/sealed_words.ts";
import type { BotCall, Keyboard, Picture } from "../../telegram/bot_call.ts";
import { button, buttonRows } from "../../telegram/keyboard.ts";
import type { LanguageContext, RenderContext } from "../../telegram/render_context.ts";
import { captionOf, makerOf } from "./card_caption.ts";
import { words } from "./words.ts";

type Draft = ParamsOf<typeof showDraft>;

/** Its photos under its words, then the buttons: an album can have none. */
export async function renderDraft(context: RenderContext, draft: Draft): Promise<BotCall[]> {
  const { chat, person } = context.viewer;
  const { captions } = words[context.locale];
  const { copies } = draft;
  const own = { name: draft.name, description: draft.description };
  const opened = await openAll(own, context.unseal);
  // Nobody is there to read it.
  if (opened === null) return [];
  const { name, description } = opened;
  const face = {
    ...{ name: escapeHtml(name), description: escapeHtml(description), copies },
    maker: await makerOf(context, { maker: person }),
  };
  const html = captionOf(captions.preview, face, description);
  const early = draft.published === true;
  const controls = captions.preview_controls({ copies, early });
  const pictures = picturesOf(context, draft);
  return [
    { does: "show", chat, pictures, html, keyboard: [], slot: WIZARD },
    { does: "say", chat, html: controls, keyboard: controlsOf(context, early), slot: WIZARD },
  ];
}

function picturesOf({ locale }: LanguageContext, draft: Draft): Picture[] {
  const { captions } = words[locale];
  return (["original", "packaged"] as const).flatMap((which) => {
    const sha256 = draft[which];
    if (sha256 === null) return [];
    const refusal = {
      as_file: captions.preview_as_file({ which }),
      left_out: captions.preview_left_out({ which }),
      forbidden: captions.preview_forbidden(),
    };
    return [{ sha256, refusal }];
  });
}

function controlsOf(context: LanguageContext, early: boolean): Keyboard {
  const parts = CardPart.options.map((part) =>
    button(context, `part_${part}`, reopen.action({ part }))
  );
  return [
    [button(context, "approve", approve.action({}))],
    parts.slice(0, 2),
    parts.slice(2),
    [
      early
        ? button(context, "show_from_issue", show.action({ from: "check" }))
        : button(context, "show_from_check", show.action({ from: "issue" })),
    ],
    ...buttonRows(context, [cancelRow]),
  ];
}
