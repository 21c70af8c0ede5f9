/** Folders that nothing can be kept in, told before anything is lost there. */
import { ExitError } from "./exit_error.ts";

/** Thrown where nothing can be kept in a folder: the message says why, and what to do. */
export class UnfitFolder extends ExitError {
  override name = "UnfitFolder";
  readonly exit_code = 78;
}

/** Enough for a disk to say that it is full. */
const PROBE_BYTES = 65_536;

/** Makes `folder`, for its owner only, and tries to keep a file there. Throws UnfitFolder. */
export function requireFolder(folder: string): void {
  try {
    Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const probe = Deno.makeTempFileSync({ dir: folder, prefix: ".probe-" });
    try {
      Deno.writeFileSync(probe, new Uint8Array(PROBE_BYTES));
    } finally {
      Deno.removeSync(probe);
    }
  } catch (error) {
    refuseFolder(folder, error);
  }
}

/** Throws what `error` means for whoever chose `folder`; what no folder is to blame for, as it is. */
export function refuseFolder(folder: string, error: unknown): never {
  const reason = reasonOf(error);
  if (reason === null) throw error;
  const [why, mend] = reason;
  throw new UnfitFolder(`Cannot keep anything in ${folder}: ${why}. ${mend}`, { cause: error });
}

type Reason = readonly [why: string, mend: string];

const elsewhere = "Choose another DATA_DIR.";
const reasons: Readonly<Record<string, Reason>> = {
  EROFS: ["its file system is read-only", "Mount it for writing, or choose another DATA_DIR."],
  ENOSPC: [
    "the disk is full",
    "Make room (a new database takes 40 MB), or choose another DATA_DIR.",
  ],
  EDQUOT: ["no more of the disk is allowed", "Make room, or choose another DATA_DIR."],
  ENOTDIR: ["there is a file in its place", elsewhere],
  EEXIST: ["there is a file in its place", elsewhere],
  EISDIR: ["there is a folder where a file should be", elsewhere],
  ENOENT: ["no folder can be made there", elsewhere],
  EACCES: ["this user may not write there", "Give it to them (chown), or choose another DATA_DIR."],
  EPERM: ["this user may not write there", "Give it to them (chown), or choose another DATA_DIR."],
  ENAMETOOLONG: ["its name is too long", elsewhere],
  ELOOP: ["its links lead round in a circle", elsewhere],
};

/** By Linux's numbers, where a message has no other name for it. */
const numbers: Readonly<Record<string, string>> = {
  1: "EPERM",
  2: "ENOENT",
  13: "EACCES",
  17: "EEXIST",
  20: "ENOTDIR",
  21: "EISDIR",
  28: "ENOSPC",
  30: "EROFS",
  36: "ENAMETOOLONG",
  40: "ELOOP",
  122: "EDQUOT",
};

function reasonOf(error: unknown): Reason | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? String(error.code) : "";
  const number = /\(os error (\d+)\)/.exec(error.message)?.[1] ?? "";
  const known = reasons[code] ?? reasons[numbers[number] ?? ""];
  if (known) return known;
  // Deno keeps programs from /proc, /sys and /dev.
  if (error instanceof Deno.errors.NotCapable) {
    return ["Deno lets no program write there", elsewhere];
  }
  if (error instanceof Deno.errors.NotFound) return reasons.ENOENT ?? null;
  return error instanceof Deno.errors.PermissionDenied ? reasons.EACCES ?? null : null;
}
