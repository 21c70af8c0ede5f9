/// <reference lib="dom" />
/** Under a picture with a QR code: scanning it with somebody else's phone, and saving it. */
import { scanWith } from "../live/acts.ts";
import { control } from "../live/control.ts";
import { Icon } from "../parts/icon.tsx";
import type { PhoneState } from "../live/phone_state.ts";
import { type Picture, useAround, usePhone } from "../parts/surroundings.ts";
import { fullName } from "../live/wording.ts";
import { words } from "../live/words.ts";

/** Nothing for pictures without a code; the server says which have one. */
export function CodeActions({ pictures }: { pictures: readonly Picture[] }) {
  const { messenger } = useAround();
  const codes = pictures.filter(({ file_id }) => messenger.codes.on(file_id));
  return <>{codes.map((picture) => <CodeRow key={picture.file_id} picture={picture} />)}</>;
}

function CodeRow({ picture: { file_id } }: { picture: Picture }) {
  const { messenger } = useAround();
  const { phone, openMenu } = usePhone();
  const scan = useScan();
  const others = [...messenger.phones.values()].filter((other) => other !== phone);
  const [only, ...more] = others;
  const choose = (anchor: HTMLElement) =>
    openMenu(
      anchor,
      others.map((other) => ({
        label: fullName(other.person),
        drawing: "scan" as const,
        act: () => scan(other, file_id),
      })),
    );
  return (
    <div class="code-actions">
      {only && (
        <button
          type="button"
          class="scan"
          onClick={({ currentTarget }) =>
            more.length === 0 ? scan(only, file_id) : choose(currentTarget)}
        >
          <Icon name="scan" />
          <span>
            {more.length === 0 ? words.scanWith(messenger.nameOf(only.person)) : words.scan}
          </span>
        </button>
      )}
      <a
        class="save"
        href={control.fileUrl(file_id)}
        download="qr.png"
        title={words.save}
        aria-label={words.save}
      >
        <Icon name="save" />
      </a>
    </div>
  );
}

/** Points a phone's camera at a picture, and brings the phone into sight. */
export function useScan(): (phone: PhoneState, file_id: string) => void {
  const { messenger, bring } = useAround();
  return (phone, file_id) => {
    bring(phone, phone.person.id);
    void scanWith(messenger, phone, file_id);
  };
}
