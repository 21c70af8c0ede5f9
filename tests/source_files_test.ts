import { assertEquals } from "@std/assert";
import { importsOf, resolveImport, withoutStrings } from "./source_files.ts";

// Put together here, so that this file does not itself import what it tells of.
const IMPORT = "im" + "port";

Deno.test("imports are found in every form", () => {
  const text = [
    `${IMPORT} "./bare.ts";`,
    `${IMPORT} one, { two } from "./static.ts";`,
    `${IMPORT} {\n  three,\n  type Four,\n} from "./lines.ts";`,
    `${IMPORT} sql from "./text.sql" with { type: "text" };`,
    `export * from "./star.ts";`,
    `export { five } from './named.ts';`,
    `const six = await ${IMPORT}("./later.ts");`,
    `new Worker(new URL("./worker.ts", ${IMPORT}.meta.url), { type: "module" });`,
  ].join("\n");
  assertEquals(
    importsOf(text).map(({ from }) => from.replace(/^\.\//, "")).toSorted(),
    [
      ...["bare.ts", "later.ts", "lines.ts", "named.ts"],
      ...["star.ts", "static.ts", "text.sql", "worker.ts"],
    ],
  );
});

Deno.test("imports of types count like those of values", () => {
  const text = [
    `${IMPORT} type { A } from "./a.ts";`,
    `${IMPORT} { type B, type C } from "./bc.ts";`,
    `export type { D } from "./d.ts";`,
    `${IMPORT} { type E, f } from "./ef.ts";`,
  ].join("\n");
  assertEquals(importsOf(text).map(({ from }) => from), ["./a.ts", "./bc.ts", "./d.ts", "./ef.ts"]);
});

Deno.test("imports in comments and in lines about them are none", () => {
  assertEquals(importsOf(`// ${IMPORT} "./a.ts";\n/* ${IMPORT} x from "./b.ts"; */`), []);
  assertEquals(importsOf(`/** Says "no"; ${IMPORT}("./c.ts") */ const a = "//";`), []);
});

Deno.test("code without strings keeps its lines and nothing that is quoted", () => {
  const text =
    "a(\"any\"); // any\nb(`any\n${1}`, 'an\\'y');\n/* any\n */ c(/[\"any/]/, 4 / 2 / 1);";
  const code = withoutStrings(text);
  assertEquals(code.split("\n").length, text.split("\n").length);
  assertEquals(code.replace(/\s+/g, " "), "a( ); b( , ); c( , 4 / 2 / 1);");
});

Deno.test("imports of files are resolved from where they stand, packages are not", () => {
  assertEquals(resolveImport("src/store/log.ts", "../../events/fact.ts"), "events/fact.ts");
  assertEquals(resolveImport("src/main.ts", "./store/log.ts"), "src/store/log.ts");
  assertEquals(resolveImport("src/main.ts", "zod"), undefined);
});
