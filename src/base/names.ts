/** A person's names as Telegram tells them. */
export interface Names {
  first_name: string;
  last_name: string | null;
  username: string | null;
}
