/**
 * Whether markup is balanced; parsers for the web are too kind to say.
 *
 * @module
 */

const VOID = new Set(["meta", "br", "hr", "img", "input", "link"]);

/** What is wrong with the markup: tags that don't match, bare `<` or `&`, attributes that end early; empty when it is well formed. */
export function malformations(markup: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const text = markup.replace(/^<\?xml[^>]*\?>/, "").replace(/^\s*<!doctype html>/, "")
    .replace(/<style>[^<]*<\/style>/g, "");
  const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z][a-zA-Z0-9:-]*="[^"<]*")*)\s*(\/?)>/g;
  let last = 0;
  for (const match of text.matchAll(tag)) {
    problems.push(...bare(text.slice(last, match.index)), ...bare(match[3]));
    last = match.index + match[0].length;
    const [, close, name, , self] = match;
    if (close) {
      const expected = open.pop();
      if (expected !== name) problems.push(`</${name}> closes <${expected}>`);
    } else if (!self && !VOID.has(name)) open.push(name);
  }
  problems.push(...bare(text.slice(last)), ...open.map((name) => `<${name}> stays open`));
  return problems;
}

function bare(text: string): string[] {
  const found = /<|&(?!(?:amp|lt|gt|quot|#39);)/.exec(text);
  return found
    ? [`bare ${found[0]} in "${text.slice(Math.max(0, found.index - 20), found.index + 20)}"`]
    : [];
}
