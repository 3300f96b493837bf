import assert from "node:assert/strict";
import { escapeText, html, trusted } from "../../src/report/markup.ts";
import { malformations } from "./well_formed.ts";

Deno.test("escapeText() escapes what ends an element, an attribute or an entity", () => {
  assert.equal(escapeText(`<b a="1" c='2'>&amp;`), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
});

Deno.test("escapeText() replaces what XML can't hold", () => {
  assert.equal(escapeText("a\u0000b\u001bc\ud800d\ufffe"), "a\ufffdb\ufffdc\ufffdd\ufffd");
  assert.equal(escapeText("line\n\ttab é 😀"), "line\n\ttab é 😀");
});

Deno.test("html() escapes text, keeps markup, joins lists and prints numbers", () => {
  const inner = html`<i>${"&"}</i>`;
  assert.equal(html`${["<", [inner, 3]]}${trusted("<br>")}`.markup, "&lt;<i>&amp;</i>3<br>");
});

Deno.test("malformations() finds what it is there to find", () => {
  assert.deepEqual(malformations(`<p class="a">x &amp; <br>y</p>`), []);
  assert.deepEqual(malformations("<p><b>x</p></b>"), ["</p> closes <b>", "</b> closes <p>"]);
  assert.equal(malformations("<p>a < b</p>").length, 1);
  assert.equal(malformations(`<p title="a & b">x</p>`).length, 1);
  assert.deepEqual(malformations("<p>"), ["<p> stays open"]);
});
