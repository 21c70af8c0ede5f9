/// <reference lib="dom" />
/** The web chat in a true browser: nobody is shut out, whatever is open. */
import axeSource from "axe-core/axe.min.js" with { type: "text" };
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { teachEverything, walkThrough } from "./web_chat_crowd.ts";
import { testPage } from "./web_chat_room.ts";

/** What the script defines, as far as it is used here. */
declare global {
  var axe: {
    run(): Promise<{
      violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
    }>;
  };
}

const THEMES = ["light", "dark"] as const;

for (const [device, width, height] of [["phone", 390, 844], ["desk", 1280, 800]] as const) {
  testPage(
    `web chat on a ${device} holds nothing that axe finds, nor a target below 24 pixels`,
    teachEverything,
    async (room) => {
      const { page } = room;
      await page.evaluate(axeSource);
      const found: string[] = [];
      await walkThrough(room, async (what) => {
        for (const theme of THEMES) {
          await page.emulateMedia({ colorScheme: theme });
          found.push(...(await violations(page)).map((it) => `${what}, ${theme}: ${it}`));
        }
        found.push(...(await smallTargets(page)).map((it) => `${what}: ${it}`));
      });
      assertEquals(found, []);
    },
    { look: { width, height }, expected: /422|Failed to decode/ },
  );
}

async function violations(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")} ${failureSummary}`)
    );
  });
}

/** Of a link inside of a line only the height counts: its width is that of its words. */
async function smallTargets(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const targets = "a[href], button, input, select, textarea, summary, video[controls], " +
      "[role=button], [role=option], [role=menuitem], [tabindex='0']";
    return Array.from(document.querySelectorAll<HTMLElement>(targets))
      .filter((target) => target.checkVisibility() && !target.closest("[inert]"))
      .flatMap((target) => {
        const { width, height } = target.getBoundingClientRect();
        const isInLine = target.matches(".words a, .words code");
        if (height >= 24 && (width >= 24 || isInLine)) return [];
        const name = target.getAttribute("aria-label") ?? target.textContent;
        return [`${target.tagName} «${name}» is ${width} × ${height}`];
      });
  });
}
