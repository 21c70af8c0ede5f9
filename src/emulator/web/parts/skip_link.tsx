/// <reference lib="dom" />
/** Seen only with the focus on it: leads over what would take many steps to pass. */

/** `to` is the id of what takes the focus. */
export function SkipLink({ to, label }: { to: string; label: string }) {
  return (
    <a
      class="skip"
      href={`#${to}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(to)?.focus();
      }}
    >
      {label}
    </a>
  );
}
