// Sass → prefixed, minified static/css/kenes.css; prints the sizes that a visitor downloads.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { transform } from "lightningcss";
import { compile } from "sass";

const source = new URL("./src/kenes.scss", import.meta.url).pathname;
const target = new URL("../static/css/kenes.css", import.meta.url).pathname;
const version = (major, minor = 0) => (major << 16) | (minor << 8);

const { css } = compile(source, {
  loadPaths: [new URL("./node_modules/govuk-frontend/dist/govuk", import.meta.url).pathname],
  quietDeps: true,
});
const { code } = transform({
  filename: "kenes.css",
  code: Buffer.from(css),
  minify: true,
  targets: { chrome: version(90), firefox: version(90), safari: version(14, 1), samsung: version(15) },
});
const banner = "/*! Kenes, MIT; forms from govuk-frontend, MIT: see static/vendor/LICENSES.md */\n";
mkdirSync(new URL("../static/css/", import.meta.url), { recursive: true });
writeFileSync(target, banner + code);
const built = readFileSync(target);
console.log(`${built.length} bytes, gzip ${gzipSync(built).length}, brotli ${brotliCompressSync(built).length}`);
