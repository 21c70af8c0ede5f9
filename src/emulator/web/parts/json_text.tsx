/// <reference lib="dom" />
/** JSON as people read it: indented, with names, texts and numbers told apart. */

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

export function JsonText({ value }: { value: unknown }) {
  const text = JSON.stringify(value, null, 2) ?? "";
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon] = match;
    const kind = string === undefined ? "literal" : colon === undefined ? "text" : "name";
    parts.push(text.slice(at, match.index));
    parts.push(<span key={match.index} class={kind}>{string ?? whole}</span>, colon ?? "");
    at = match.index + whole.length;
  }
  parts.push(text.slice(at));
  return <pre class="json">{parts}</pre>;
}
