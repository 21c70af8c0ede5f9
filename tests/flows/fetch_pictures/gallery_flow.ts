/** A flow as a catalogue may be, as small as can be: «/umbrella», and its pictures are shown. */
import { setup } from "xstate";
import { z } from "zod";
import { ProductId } from "../../../events/picture.ts";
import type { Charts } from "../../../machines/flow/chart.ts";
import { actionsOf, defineSend } from "../../../machines/flow/effect.ts";
import { defineFlow, type FlowTypes } from "../../../machines/flow/flow.ts";
import { foldFlows } from "../../../machines/flow/fold_flows.ts";
import { firstCall } from "../../../machines/flow/recorded_fact.ts";
import { defineWords } from "../../../machines/flow/words.ts";
import { fetchPictures, fetchPicturesFlow } from "../../../machines/flows/fetch_pictures.ts";
import { webPictures } from "../../../src/flows/fetch_pictures/web_pictures.ts";
import type { BotCall } from "../../../src/telegram/bot_call.ts";

/** Show the pictures that are here, or say that there are none. */
export const showGallery = defineSend("showGallery", {
  product: ProductId,
  pictures: z.array(z.object({ sha256: z.string() })),
});

const words = defineWords({ texts: {} });
const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(fetchPictures, showGallery),
});

const ask = {
  type: "fetchPictures",
  params: ({ event }: { event: { version: number; name: string } }) => ({
    callId: firstCall(event),
    product: event.name,
    pictures: [0, 1, 2],
  }),
} as const;
const show = {
  type: "showGallery",
  params: ({ event }: { event: { product: string; pictures: { sha256: string }[] } }) => ({
    product: event.product,
    pictures: event.pictures,
  }),
} as const;
const showNone = {
  type: "showGallery",
  params: ({ event: { product } }: { event: { product: string } }) => ({ product, pictures: [] }),
} as const;

const galleryFlow = defineFlow({
  name: "gallery",
  words,
  effects: [showGallery],
  beside: createStateConfig({
    on: {
      NameProvided: { actions: ask },
      PictureFetched: { actions: show },
      PictureServedStale: { actions: show },
      PictureFailed: { actions: showNone },
    },
  }),
  everywhere: { commands: { umbrella: () => ({ type: "NameProvided", name: "umbrella" }) } },
});

const chart = foldFlows("gallery/1", [fetchPicturesFlow, galleryFlow]);
export const galleryCharts: Charts = { all: { [chart.id]: chart }, current: chart };

/** What a renderer of that flow answers. */
export function renderGallery(chat: number, params: z.infer<typeof showGallery.params>): BotCall[] {
  const pictures = webPictures({ locale: "ru" }, params.pictures);
  return pictures.length > 0
    ? [{ does: "show", chat, pictures, html: params.product, keyboard: [] }]
    : [{
      ...{ does: "say", chat, keyboard: [], slot: null },
      html: `${params.product}\n⚠️ Не удалось загрузить изображения`,
    }];
}
