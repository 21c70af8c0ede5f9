/** `deno task replay` as a process of its own. */
import { needs, unless } from "../permissions.ts";

const permissions = needs(
  { name: "run" },
  { name: "read" },
  { name: "write" },
  { name: "env" },
);

/** A test with a folder of its own; ignored, and says so, without the permissions. */
export function processTest(name: string, test: (folder: string) => Promise<void>): void {
  Deno.test({
    ...unless(permissions, name),
    async fn() {
      const folder = await Deno.makeTempDir();
      try {
        await test(folder);
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  });
}

/** The program as it is called, in `folder`; TEST_DATABASE_URL plays no part. */
export function program(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
  permissions: readonly string[] = ["-A"],
) {
  const script = new URL("../../src/replay.ts", import.meta.url).href;
  const config = new URL("../../deno.json", import.meta.url).pathname;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", ...permissions, "--config", config, script, ...args],
    cwd: folder,
    env: { DATABASE_URL: "", DATA_DIR: folder, HTTP_PORT: "", NO_COLOR: "1", ...env },
    stdout: "piped",
    stderr: "piped",
  });
}

/** How it ended, and what it said. */
export async function outcome(command: Deno.Command) {
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}
