/**
 * Where a phone says what just happened. The line takes a place of its own, so that it covers
 * nothing, and goes away by itself.
 */
import { usePhone } from "./surroundings.ts";

export function NoticePlace() {
  const { phone: { notice } } = usePhone();
  return (
    <div class="notice-place" role="status">
      {notice && !notice.alert && <p key={notice.id} class="notice">{notice.text}</p>}
    </div>
  );
}
