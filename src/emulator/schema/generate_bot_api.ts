/**
 * Writes `bot_api.json`, the field table of the Bot API, from the declarations of an npm package.
 * Run by hand when Telegram changes its API:
 *
 *     npm pack @gramio/types@10.3.1 && tar xzf gramio-types-10.3.1.tgz
 *     deno run -RW --allow-env src/emulator/schema/generate_bot_api.ts package/out
 */
import { parse, type ParserOptions } from "@babel/parser";

type Node = { type: string; [key: string]: unknown };
type Fields = Record<string, string>;

const parser: ParserOptions = { sourceType: "module", plugins: [["typescript", { dts: true }]] };

if (import.meta.main) {
  const folder = Deno.args[0];
  if (folder === undefined) {
    throw new Error("Cannot generate: name the folder with the .d.ts files");
  }
  const read = (name: string) => Deno.readTextFile(`${folder}/${name}.d.ts`);
  const table = botApiTable(await read("methods"), await read("params"), await read("objects"));
  const json = JSON.stringify(table, null, 2);
  await Deno.writeTextFile(new URL("bot_api.json", import.meta.url), `${json}\n`);
}

/**
 * The table: for a method its answer and fields, for a type its fields or what it is one of.
 * A field's value is its type in TypeScript's notation, with `{1..64 bytes}` where its description
 * limits the length; a name that ends in `?` is optional.
 */
export function botApiTable(methods: string, params: string, objects: string) {
  const types: Record<string, string | Fields> = {};
  const updateNames: string[] = [];
  for (const node of declarations(objects)) {
    const name = bare(nameOf(node));
    types[name] = node.type === "TSInterfaceDeclaration"
      ? fields(node, updateNames)
      : typeOf(child(node, "typeAnnotation"), updateNames);
    if (name === "Update") {
      const names = Object.keys(types[name]).map((field) => field.replace("?", ""));
      updateNames.push(...names.filter((field) => field !== "update_id"));
    }
  }
  // Said in a sentence only: a plain text may stand for a button that does nothing else.
  const { ReplyKeyboardMarkup: markup } = types;
  if (typeof markup === "object") markup.keyboard = "(KeyboardButton | String)[][]";
  const given = new Map<string, Fields>();
  // Choices that only one param has, e.g. the actions of sendChatAction: written out in place.
  const choices = new Map<string, string>();
  for (const node of declarations(params)) {
    if (node.type === "TSInterfaceDeclaration") given.set(nameOf(node), fields(node, updateNames));
    else choices.set(nameOf(node), typeOf(child(node, "typeAnnotation"), updateNames));
  }
  for (const known of given.values()) {
    for (const [name, type] of Object.entries(known)) known[name] = choices.get(type) ?? type;
  }
  return {
    version: /Bot API v([\d.]+)/.exec(objects)?.[1] ?? "unknown",
    methods: Object.fromEntries(methodsOf(methods, given, updateNames)),
    types,
  };
}

function* methodsOf(source: string, given: Map<string, Fields>, updateNames: string[]) {
  const api = declarations(source).find((node) => nameOf(node) === "APIMethods");
  if (api === undefined) throw new Error("Cannot generate: methods.d.ts declares no APIMethods");
  for (const member of members(api)) {
    const call = child(child(member, "typeAnnotation"), "typeAnnotation");
    const args = list(child(call, "typeParameters"), "params");
    const answer = args.at(-1);
    const input = args.length === 2 ? args[0] : undefined;
    yield [nameOf(member), {
      returns: answer === undefined ? "True" : typeOf(answer, updateNames),
      fields: input === undefined ? {} : given.get(reference(input)) ?? {},
    }] as const;
  }
}

function fields(node: Node, updateNames: string[]): Fields {
  return Object.fromEntries(
    members(node).map((member) => {
      const type = typeOf(child(child(member, "typeAnnotation"), "typeAnnotation"), updateNames);
      const comments = (member.leadingComments ?? []) as { value: string }[];
      const limits = /\bString\b/.test(type) ? length(comments.at(-1)?.value ?? "") : "";
      return [nameOf(member) + (member.optional === true ? "?" : ""), type + limits];
    }),
  );
}

/** "1-4096 characters", "0-1024 characters", "1-64 bytes", "up to 64 characters". */
function length(description: string): string {
  const found = /\b(\d+)-(\d+) (characters|bytes)/.exec(description);
  if (found === null) return "";
  return ` {${found[1]}..${found[2]}${found[3] === "bytes" ? " bytes" : ""}}`;
}

function typeOf(node: Node, updateNames: string[]): string {
  const inner = (key: string) => typeOf(child(node, key), updateNames);
  switch (node.type) {
    case "TSStringKeyword":
      return "String";
    case "TSNumberKeyword":
      return "Number";
    case "TSBooleanKeyword":
      return "Boolean";
    case "TSLiteralType":
      return literal(child(node, "literal"));
    case "TSParenthesizedType":
      return inner("typeAnnotation");
    case "TSUnionType": {
      const all = list(node, "types").map((part) => typeOf(part, updateNames));
      return [...new Set(all)].join(" | ");
    }
    case "TSArrayType": {
      const element = inner("elementType");
      return element.includes(" | ") ? `(${element})[]` : `${element}[]`;
    }
    // `{ toString(): string }` stands for a keyboard builder that serialises itself.
    case "TSTypeLiteral":
      return "String";
    case "TSTypeReference": {
      const name = reference(node);
      // `Exclude<keyof Update, "update_id">`: the kinds of updates.
      if (name === "Exclude") return updateNames.map((update) => `'${update}'`).join(" | ");
      return name === "APIMethodReturn" ? "Any" : bare(name);
    }
    default:
      throw new Error(`Cannot generate: no rule for a type of kind ${node.type}`);
  }
}

function literal(node: Node): string {
  if (typeof node.value === "string") return `'${node.value}'`;
  return node.value === true ? "True" : node.value === false ? "False" : String(node.value);
}

function declarations(source: string): Node[] {
  return (parse(source, parser).program.body as Node[])
    .filter((node) => node.type === "ExportNamedDeclaration")
    .map((node) => child(node, "declaration"));
}

function members(node: Node): Node[] {
  return list(child(node, "body"), "body");
}

function nameOf(node: Node): string {
  const named = child(node, node.type === "TSPropertySignature" ? "key" : "id");
  return String(named.name ?? named.value);
}

function reference(node: Node): string {
  const name = child(node, "typeName");
  return String(name.name ?? child(name, "right").name);
}

function bare(name: string): string {
  return name.replace(/^Telegram/, "");
}

function child(node: Node, key: string): Node {
  return node[key] as Node;
}

function list(node: Node, key: string): Node[] {
  return node[key] as Node[];
}
