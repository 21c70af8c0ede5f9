/** Who lives here when nobody else does. */
import type { NewPerson } from "./model/person.ts";

/** A maker and a buyer, for who tries a bot by hand. */
export const defaultPeople: readonly NewPerson[] = [
  { first_name: "Анна", last_name: "Смирнова", username: "anna_makes", language_code: "ru" },
  { first_name: "Борис", last_name: "Ветров", username: "boris_buys", language_code: "ru" },
];
