/** A disk of a few megabytes for one process, gone with it; where the machine allows such. */

/** Runs `command` in a namespace of its own, in which `folder` is a disk of `size`. */
export function onTmpfs(size: string, folder: string, command: readonly string[]) {
  const mount = `mount -t tmpfs -o size=${size} tmpfs "$0" && exec "$@"`;
  return new Deno.Command("unshare", {
    args: ["--map-root-user", "--mount", "sh", "-c", mount, folder, ...command],
  });
}

/** Why there can be no such disk; "" when there can. */
export function whyNoTmpfs(): string {
  const folder = Deno.makeTempDirSync();
  try {
    const { success } = onTmpfs("1m", folder, ["true"]).outputSync();
    return success ? "" : "needs a machine that lets it mount a tmpfs";
  } catch {
    return "needs unshare";
  } finally {
    Deno.removeSync(folder);
  }
}
