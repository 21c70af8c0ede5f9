import { ExitError } from "../../base/exit_error.ts";
import { refuseFolder } from "../../base/unfit_folder.ts";
import { join } from "node:path";

/** Thrown when another process has the folder of an embedded database open. */
export class FolderInUse extends ExitError {
  override name = "FolderInUse";
  readonly exit_code = 69;
}

/**
 * Makes `folder` (for its owner only) and locks it for this process. The lock ends with the
 * process however it ends, so that none is ever stale. Throws FolderInUse, UnfitFolder.
 */
export function lockFolder(folder: string): Disposable {
  const path = join(folder, "lock");
  const file = openLock(folder, path);
  if (!file.tryLockSync(true)) {
    file.close();
    throw new FolderInUse(
      `Cannot open ${folder}: ${holder(path)} has it open. Stop it or choose another DATA_DIR.`,
    );
  }
  file.truncateSync();
  file.writeSync(new TextEncoder().encode(`${Deno.pid}\n`));
  return { [Symbol.dispose]: () => file.close() };
}

function openLock(folder: string, path: string): Deno.FsFile {
  try {
    Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
    // The engine makes its files readable for all: the folder is what keeps them private.
    if (Deno.build.os !== "windows") Deno.chmodSync(folder, 0o700);
    return Deno.openSync(path, { read: true, write: true, create: true });
  } catch (error) {
    refuseFolder(folder, error);
  }
}

function holder(path: string): string {
  try {
    const pid = Deno.readTextFileSync(path).trim();
    return pid === "" ? "another process" : `process ${pid}`;
  } catch {
    return "another process"; // Windows lets nobody read a locked file
  }
}
