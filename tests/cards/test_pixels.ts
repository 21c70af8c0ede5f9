/** A test that decodes pictures: ignored, with the reason in its name, where sharp cannot load. */
export function testPixels(name: string, fn: () => Promise<void>): void {
  const missing = missingPermissions();
  const ignore = missing.length > 0;
  Deno.test({ name: ignore ? `${name} (ignored: needs ${missing.join(" ")})` : name, ignore, fn });
}

function missingPermissions(): string[] {
  const missing = (["ffi", "read"] as const)
    .filter((name) => Deno.permissions.querySync({ name }).state !== "granted")
    .map((name) => `--allow-${name}`);
  return canAskEnv() ? missing : [...missing, "--allow-env"];
}

/** An environment whose variables are hidden reads as denied, and is enough. */
function canAskEnv(): boolean {
  const { state } = Deno.permissions.querySync({ name: "env" });
  if (state !== "denied") return state === "granted";
  try {
    Deno.env.get("npm_package_config_libvips");
    return true;
  } catch {
    return false;
  }
}
