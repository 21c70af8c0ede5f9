/** Facts about makers: their menu, and that owners invite them, see who they are, and let them go. */
import { z } from "zod";
import { Person } from "./card.ts";
import { CallId, fact, Millis } from "./fact.ts";
import { Sha256 } from "./photo.ts";
import { sealed } from "./sensitive.ts";

/** A maker opened the maker's menu of early days; an owner's had more in it. */
export const AdminOpened = fact("AdminOpened", { owner: z.boolean() }, [
  (data) => ({ ...data, owner: false }),
]);

/** A maker opened the maker's menu. */
export const MenuOpened = fact("MenuOpened", {});

/** An owner wants a link by which one person becomes a maker. */
export const InvitationAsked = fact("InvitationAsked", {});

/**
 * The link is there, and good for one person until `until`. `digest` is the sha256 of its token;
 * the token itself is sealed with the owner's key, for the owner alone.
 */
export const MakerInvited = fact("MakerInvited", {
  callId: CallId,
  digest: Sha256,
  token: sealed(z.string().min(1), { for: "self", secret: true }),
  until: Millis,
});

/**
 * Somebody followed such a link. Whether that makes them a maker is decided where the order of
 * facts is: see the projection `makers`.
 */
export const InvitationPresented = fact("InvitationPresented", { digest: Sha256 });

/** An owner opened the list of makers. */
export const MakersOpened = fact("MakersOpened", {});

/** An owner looked at one of them. */
export const MakerChosen = fact("MakerChosen", { maker: Person });

/** An owner let a maker go: they issue no card any more; those they issued stay as they are. */
export const MakerDismissed = fact("MakerDismissed", { maker: Person });

/** A maker was told that an owner let them go. */
export const DismissalLearned = fact("DismissalLearned", {});

/** Somebody without the right to it reached for something of a maker's. */
export const AdminRefused = fact("AdminRefused", {});

/** A maker reached for something of an owner's. */
export const OwnerRefused = fact("OwnerRefused", {});

/** The right to issue was gone when the card was to be made: there is none. */
export const IssueRefused = fact("IssueRefused", { callId: CallId });
