/** A maker and a buyer with the web chat in a true browser, and the whole bot behind it. */
import { catalogues } from "../../src/flows/catalogues.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { button, drop, say, testBrowser, withPage } from "../emulator/web_chat_room.ts";
import { openWorld } from "./bot_world.ts";

const { label } = catalogues.ru;

testBrowser(
  "card is issued with a dragged picture, and verified by the other phone's camera",
  async () => {
    await using world = await openWorld();
    const photo = { name: "sea.png", bytes: await plainPicture(600, 400) };
    await withPage(world.emulator, async ({ page, anna, boris }) => {
      await say(anna, "/admin");
      // What is sent is on its way for a while: the next word waits for the question.
      await button(anna, label("issue")).click();
      await anna.getByText("Пришлите фото самой вещи").waitFor();
      await drop(anna, [photo]);
      await button(anna, "Отправить как фото").click();
      await anna.getByText("Как назовём карту?").waitFor();
      await say(anna, "Зимнее море");
      await anna.getByText("Расскажите о вещи").waitFor();
      await say(anna, "Холст, масло");
      await button(anna, label("skip")).click();
      await button(anna, label("approve")).click();
      await button(anna, "Сканировать телефоном Бориса").click();
      await boris.getByText(/Проверена 1 раз/).waitFor();
      await boris.getByRole("button", { name: "Открыть фото" }).last().click();
      await page.getByRole("dialog", { name: "Просмотр фото" }).waitFor();
      await page.keyboard.press("Escape");
    });
    await world.check();
  },
);
