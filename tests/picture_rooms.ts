/** The rooms of pictures from the web, and what each may import; a part of the table of rooms. */
import type { Room } from "./emulator_rooms.ts";

export const PICTURE_ROOMS: Readonly<Record<string, Room>> = {
  "src/pictures/image": { rooms: ["src/base", "machines/picture.ts"], packages: ["sharp"] },
  "src/pictures/cache": {
    rooms: ["src/base", "machines/picture.ts", "src/pictures/image", "src/pictures/meter.ts"],
    packages: ["@std/async"],
  },
  "src/pictures/net": {
    rooms: ["src/base", "machines/picture.ts"],
    packages: ["undici", "ipaddr.js", "lru-cache"],
  },
  "src/pictures/shared": {
    rooms: [
      ...["src/base", "machines/picture.ts", "src/pictures/meter.ts"],
      ...["src/pictures/image", "src/pictures/cache"],
    ],
    packages: ["@redis/client"],
  },
  "src/pictures/flight": {
    rooms: [
      ...["src/base", "machines/picture.ts", "src/pictures/meter.ts"],
      ...["src/pictures/image", "src/pictures/cache", "src/pictures/net", "src/pictures/shared"],
    ],
    packages: ["xstate", "undici", "lru-cache", "@std/async"],
  },
  "src/pictures": {
    rooms: ["src/base", "machines/picture.ts", "src/pictures"],
    packages: ["p-limit", "lru-cache", "@std/async"],
  },
};
