import { assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { needs, unless } from "../permissions.ts";

const reason = needs({ name: "run" }, { name: "read" }, { name: "write" });
const root = new URL("../../", import.meta.url);

/** A program around `body`. */
function program(body: string): Deno.Command {
  const module = (path: string) => JSON.stringify(new URL(path, root).href);
  const code = body.replaceAll(/from "([^"]+)"/g, (_, path) => `from ${module(path)}`);
  return new Deno.Command(Deno.execPath(), {
    args: ["eval", "-q", "--config", new URL("deno.json", root).pathname, code],
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  });
}

async function outcome(command: Deno.Command) {
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

function processTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ ...unless(reason, name), fn });
}

const known: readonly (readonly [code: number, name: string, from: string])[] = [
  [78, "BadConfig", "src/app/config.ts"],
  [78, "TokenRefused", "src/telegram/token_refused.ts"],
  [78, "ForeignDatabase", "src/store/database_identity.ts"],
  [69, "DatabaseUnavailable", "src/store/database_unavailable.ts"],
  [69, "FolderInUse", "src/store/embedded/folder_lock.ts"],
  [70, "CannotMigrate", "src/store/migrate.ts"],
];

for (const [code, name, from] of known) {
  processTest(
    `program that ends with ${name} says one sentence and ends with ${code}`,
    async () => {
      const run = program(`import { ${name} } from "${from}";
      import { runProgram } from "src/app/process.ts";
      await runProgram(() => Promise.reject(new ${name}("Cannot go on: no reason")));`);
      assertEquals(await outcome(run), { code, out: "", err: "Cannot go on: no reason\n" });
    },
  );
}

processTest(
  "program without arguments refuses those that it is given, and ends with 64",
  async () => {
    const code = `import { runProgram } from "src/app/process.ts";
    Object.defineProperty(Deno, "args", { value: ["--port", "9000"] });
    await runProgram(() => Promise.reject(new Error("it ran")));`;
    const { code: ended, err } = await outcome(program(code));
    assertEquals(ended, 64);
    assertMatch(err, /^Unknown option '--port'\. [^\n]+\n$/);
  },
);

processTest("program whose port is taken ends with 69", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    const { code, err } = await outcome(program(`import { runProgram } from "src/app/process.ts";
      await runProgram(async () => {
        await using server = Deno.serve(
          { hostname: "127.0.0.1", port: ${listener.addr.port} }, () => new Response());
      });`));
    assertEquals(code, 69);
    assertMatch(err, /^Address already in use.*\n$/);
  } finally {
    listener.close();
  }
});

processTest("program that ends with a defect tells its stack, but no token", async () => {
  const { code, err } = await outcome(program(`import { runProgram } from "src/app/process.ts";
    await runProgram(() => Promise.reject(
      new TypeError("no https://api.telegram.org/bot123456789:${"A".repeat(35)}/getMe")));`));
  assertEquals(code, 70);
  assertStringIncludes(err, "TypeError: no https://api.telegram.org/bot[token]/getMe\n    at ");
  assertFalse(err.includes("AAAA"));
});

processTest("program that comes to its end ends with 0, what it announced said", async () => {
  const run = program(`import { announce, runProgram } from "src/app/process.ts";
    await runProgram(() => Promise.resolve(announce("Open http://127.0.0.1")));`);
  assertEquals(await outcome(run), { code: 0, out: "Open http://127.0.0.1\n", err: "" });
});

processTest("defect that no room caught leaves a line and ends nothing", async () => {
  const { code, out, err } = await outcome(program(`
    import { announce, runProgram } from "src/app/process.ts";
    import { startLogging } from "src/base/log.ts";
    await runProgram(async () => {
      await startLogging({ level: "info", format: "json" });
      const told = Promise.withResolvers();
      let defects = 0;
      addEventListener("unhandledrejection", () => ++defects === 2 && told.resolve());
      Promise.reject(new RangeError("lost"));
      Promise.reject("words");
      await told.promise;
      announce("still here");
    });`));
  assertEquals([code, out], [0, "still here\n"]);
  const [lost = "", words] = err.trim().split("\n").map((line): string => JSON.parse(line).error);
  assertMatch(lost, /^RangeError: lost\n\s+at /);
  assertEquals(words, "words");
});

/** A program that ends what it does when it is asked to, in `grace_ms`. */
function patient(grace_ms: number): Deno.ChildProcess {
  return program(`import { aborted, announce, runProgram, untilSignal } from "src/app/process.ts";
    await runProgram(async () => {
      const { signal, forget } = untilSignal();
      const alive = setInterval(() => {}, 1000);
      announce("ready");
      await aborted(signal);
      announce("ending");
      await new Promise((resolve) => setTimeout(resolve, ${grace_ms}));
      clearInterval(alive);
      forget();
    });`).spawn();
}

/** Sends each signal as soon as the line before it is read. */
async function signalled(child: Deno.ChildProcess, ...signals: readonly Deno.Signal[]) {
  const lines: string[] = [];
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    lines.push(chunk.trim());
    const signal = signals[lines.length - 1];
    if (signal) child.kill(signal);
  }
  await child.stderr.cancel();
  const { code } = await child.status;
  return { lines, code };
}

processTest(
  "program that is asked to end ends in its own time, and at once when asked twice",
  async () => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      assertEquals(await signalled(patient(20), signal), { lines: ["ready", "ending"], code: 0 });
    }
    const twice = await signalled(patient(60_000), "SIGTERM", "SIGINT");
    assertEquals(twice, { lines: ["ready", "ending"], code: 130 });
  },
);

processTest(
  "program that breaks off what it began, because it is asked to end, ends with 0",
  async () => {
    const child = program(
      `import { aborted, announce, runProgram, untilSignal } from "src/app/process.ts";
    await runProgram(async () => {
      const { signal } = untilSignal();
      announce("ready");
      await aborted(signal);
      signal.throwIfAborted();
    });`,
    ).spawn();
    assertEquals(await signalled(child, "SIGTERM"), { lines: ["ready"], code: 0 });
  },
);

processTest("bot without a token says where to put one", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const main = new URL("src/main.ts", root).href;
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "-A", "--config", new URL("deno.json", root).pathname, main],
      cwd: folder,
      env: { NO_COLOR: "1", BOT_TOKEN: "", HTTP_PORT: "" },
    });
    const { code, out, err } = await outcome(command);
    assertEquals([code, out], [78, ""]);
    assertMatch(err, /^Cannot start: BOT_TOKEN is not set\. .*deno task dev.*\n$/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
