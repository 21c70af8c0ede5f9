/** The past of a dialogue that stands in each state of the wizard. */
import type { Told } from "../given.ts";
import { described, issueBegun, kept, named, packagedProvided, provided } from "./samples.ts";

export const begun: readonly Told[] = [issueBegun];
export const checking: readonly Told[] = [issueBegun, provided()];
export const naming: readonly Told[] = [...checking, kept("2:0")];
export const describing: readonly Told[] = [...naming, named()];
export const packaging: readonly Told[] = [...describing, described()];
export const checkingPackaged: readonly Told[] = [...packaging, packagedProvided];
/** An album came: its first photo is being checked. */
export const ofAlbum: readonly Told[] = [issueBegun, provided("album")];
