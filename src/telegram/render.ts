/** An effect as the calls that show it to the person, in their language. Makes no call itself. */
import type { Catalogue } from "../locales/ru.ts";
import { renderCommands } from "./commands.ts";
import { escapeHtml } from "../base/escape_html.ts";
import { buttonRows } from "./keyboard.ts";
import type { Shown } from "./payload.ts";
import { renderIssued, renderOwnCard } from "./render_own_card.ts";
import { renderInvitation, renderMaker, renderMakers, renderWelcome } from "./render_makers.ts";
import { renderBatch, renderProgress } from "./render_batch.ts";
import { renderHistory } from "./render_history.ts";
import { renderLabels } from "./render_labels.ts";
import { renderFound, renderList } from "./render_list.ts";
import { renderMenu } from "./render_menu.ts";
import { renderStats } from "./render_stats.ts";
import { renderTables } from "./render_tables.ts";
import { renderShared, renderVerdict } from "./render_verdict.ts";
import { type Rendered, type Sending, Unrenderable } from "./sending.ts";
import type { Sources, Viewer } from "./sources.ts";
import type { Stage, Stages } from "./stage.ts";

/** Where and of what an effect is. */
export interface Scene {
  stream: string;
  fact: string;
}

/** Messages that one deletion may name. */
const DELETED_AT_ONCE_MAX = 100;

/** Throws `Unrenderable` for a text or a card that should be there and is not. */
export async function render(stages: Stages, effect: Shown, scene: Scene): Promise<Rendered> {
  const viewer = await stages.sources.viewer(scene.stream);
  const stage = stages.of(viewer?.locale ?? stages.fallback);
  if (effect.type === "answerTap") return sent(answerTap(stage.catalogue, effect.params));
  if (!viewer) return { is: "nothing", answer: "the person is forgotten" };
  const sendings = await renderFor(viewer, stage, effect, scene);
  return sendings.length > 0 ? sent(...sendings) : { is: "nothing", answer: "nothing to show" };
}

async function renderFor(
  viewer: Viewer,
  stage: Stage,
  effect: Exclude<Shown, { type: "answerTap" }>,
  scene: Scene,
): Promise<Sending[]> {
  switch (effect.type) {
    case "say":
      return [say(stage.catalogue, viewer, effect.params)];
    case "showCommands":
      return await renderCommands(stage, viewer);
    case "toast": {
      // Where the tap is not there to be answered any more, the note is said.
      const html = escapeHtml(noteOf(stage.catalogue, effect.params.text));
      return [{ does: "say", chat: viewer.chat, html, keyboard: [], slot: null }];
    }
    case "clear":
      return await clear(stage.sources, scene.stream, effect.params.slot);
    case "showIssued":
      return await renderIssued(stage, viewer, effect.params.card);
    case "showVerdict":
      return await renderVerdict(stage, viewer, effect.params.card, scene.fact);
    case "showShared":
      return await renderShared(stage, viewer, effect.params.number);
    case "showList":
      return await renderList(stage, viewer, effect.params.page);
    case "showOwnCard":
      return await renderOwnCard(stage, viewer, effect.params.card);
    case "showInvitation":
      return await renderInvitation(stage, viewer, effect.params);
    case "showWelcome":
      return await renderWelcome(stage, viewer, scene.fact);
    case "showMakers":
      return await renderMakers(stage, viewer);
    case "showMaker":
      return await renderMaker(stage, viewer, effect.params.maker);
    case "showMenu":
      return await renderMenu(stage, viewer);
    case "showFound":
      return await renderFound(stage, viewer, effect.params.query);
    case "showProgress":
      return await renderProgress(stage, viewer, scene.stream, effect.params);
    case "showBatch":
      return await renderBatch(stage, viewer, effect.params.batch);
    case "sendLabels":
      return await renderLabels(stage, viewer, effect.params);
    case "showHistory":
      return await renderHistory(stage, viewer, effect.params.card);
    case "sendTables":
      return await renderTables(stage, viewer);
    case "showStats":
      return await renderStats(stage, viewer);
  }
}

const sent = (...sendings: Sending[]): Rendered => ({ is: "sendings", sendings });

function say(
  catalogue: Catalogue,
  viewer: Viewer,
  { text, values = {}, slot, buttons = [] }: Extract<Shown, { type: "say" }>["params"],
): Sending {
  return {
    does: "say",
    chat: viewer.chat,
    html: textOf(catalogue, text, values),
    keyboard: buttonRows(catalogue, buttons),
    slot: slot ?? null,
  };
}

/** The catalogue's text with escaped values in it. Throws `Unrenderable` for an unknown key. */
export function textOf(
  { texts }: Catalogue,
  key: string,
  values: Readonly<Record<string, string | number | null>>,
): string {
  if (!Object.hasOwn(texts, key)) {
    throw new Unrenderable(`Cannot say ${key}: the catalogue has no such text`);
  }
  const escaped = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? escapeHtml(value) : value,
    ]),
  );
  // A chart names the text and its values together, and a test holds every such pair together.
  const text: (values: never) => string = texts[key as keyof typeof texts];
  return text(escaped as never);
}

/** The plain note under this key. Throws `Unrenderable` for an unknown one. */
export function noteOf({ notes }: Catalogue, key: string): string {
  if (Object.hasOwn(notes, key)) return notes[key as keyof typeof notes];
  throw new Unrenderable(`Cannot answer a tap with ${key}: the catalogue has no such note`);
}

function answerTap(
  catalogue: Catalogue,
  { query, text }: Extract<Shown, { type: "answerTap" }>["params"],
): Sending {
  return { does: "answer", query, text: text === null ? null : noteOf(catalogue, text) };
}

async function clear(sources: Sources, stream: string, slot: string): Promise<Sending[]> {
  const kept = await sources.slot(stream, slot);
  const byChat = Map.groupBy(kept, ({ chat }) => chat);
  return [...byChat].flatMap(([chat, messages]) => {
    const ids = messages.map(({ message }) => message);
    const portions = Math.ceil(ids.length / DELETED_AT_ONCE_MAX);
    return Array.from({ length: portions }, (_, i): Sending => ({
      does: "delete",
      chat,
      messages: ids.slice(i * DELETED_AT_ONCE_MAX, (i + 1) * DELETED_AT_ONCE_MAX),
    }));
  });
}
