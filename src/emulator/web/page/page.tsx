/// <reference lib="dom" />
/** The page: phones side by side, or one at a time where only one fits. */
import { render } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Drawer } from "./drawer.tsx";
import { Hint } from "../parts/hint.tsx";
import { Lightbox, type Looking } from "./lightbox.tsx";
import { listen } from "../live/live.ts";
import { Messenger } from "../live/messenger.ts";
import { NewPersonSheet } from "./new_person.tsx";
import { Phone } from "./phone.tsx";
import { SkipLink } from "../parts/skip_link.tsx";
import { AroundProvider, type Surroundings, useMessenger } from "../parts/surroundings.ts";
import { useTable } from "./table.ts";
import { useTheme } from "./theme.ts";
import { TopBar } from "./top_bar.tsx";
import { words } from "../live/words.ts";

const HINT_SEEN = "hint";
/** Where the skip link leads. */
const PHONES = "phones";

function Page({ messenger }: { messenger: Messenger }) {
  useMessenger(messenger);
  const table = useTable(messenger);
  const [theme, setTheme] = useTheme();
  const [looking, setLooking] = useState<Looking | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [isHinting, setHinting] = useState(localStorage.getItem(HINT_SEEN) === null);
  const around = useMemo<Surroundings>(() => ({
    messenger,
    bring: table.bring,
    look: (pictures, at, phone) => setLooking({ pictures, at, phone }),
  }), [messenger]);
  const title = messenger.online === null ? words.title : words.titleWith(messenger.bot.first_name);
  useEffect(() => void (document.title = title), [title]);
  const understood = () => {
    localStorage.setItem(HINT_SEEN, "seen");
    setHinting(false);
  };
  return (
    <AroundProvider value={around}>
      <div class="page-body" inert={isAdding}>
        <SkipLink to={PHONES} label={words.skipToPhones} />
        <TopBar
          shown={table.phones.map(({ person }) => person.id)}
          theme={theme}
          setTheme={setTheme}
          addPerson={() => setAdding(true)}
          help={() => setHinting(!isHinting)}
        />
        <div class="banners" role="status">
          {messenger.online === false && <p class="banner offline">{words.offline}</p>}
          {messenger.watch.isAway && messenger.online === true && <BotAway />}
        </div>
        {isHinting && <Hint close={understood} />}
        <div class="desk">
          <main id={PHONES} class="phones" tabIndex={-1} aria-busy={messenger.online === null}>
            {table.phones.map((phone) => (
              <Phone
                key={phone.person.id}
                phone={phone}
                close={table.phones.length > 1 ? () => table.putAway(phone) : null}
              />
            ))}
          </main>
          {messenger.trace.isOpen && <Drawer />}
        </div>
      </div>
      {isAdding && (
        <NewPersonSheet
          done={(person) => {
            setAdding(false);
            if (person) table.bring(messenger.meet(person), person.id);
          }}
        />
      )}
      {looking && <Lightbox looking={looking} close={() => setLooking(null)} />}
    </AroundProvider>
  );
}

/** For whoever has not started their bot yet. */
function BotAway() {
  return (
    <p class="banner bot-away">
      {words.botAwayAddress} <code>{location.origin}</code>, {words.botAwayToken}
    </p>
  );
}

/** What is dropped beside the phones must not open in place of the page. */
function keepPage(event: Event): void {
  event.preventDefault();
}

addEventListener("dragover", keepPage);
addEventListener("drop", keepPage);

const place = document.getElementById("page");
if (!place) throw new Error("Cannot start the page: it has no #page");
document.documentElement.lang = words.language;
const messenger = new Messenger();
listen({
  opened: () => void messenger.reload(),
  lost: () => messenger.lost(),
  happened: (event) => messenger.receive(event),
});
render(<Page messenger={messenger} />, place);
