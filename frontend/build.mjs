// Sass → prefixed, minified static/css/*.css; prints the sizes that a visitor downloads.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { transform } from "lightningcss";
import { compile } from "sass";

const version = (major, minor = 0) => (major << 16) | (minor << 8);
const banner = "/*! Kenes, MIT; forms from govuk-frontend, MIT: see static/vendor/LICENSES.md */\n";
mkdirSync(new URL("../static/css/", import.meta.url), { recursive: true });

// hall.css is apart from the rest: two hundred phones on one network load it at once.
for (const name of ["kenes", "hall"]) {
  const { css } = compile(new URL(`./src/${name}.scss`, import.meta.url).pathname, {
    loadPaths: [new URL("./node_modules/govuk-frontend/dist/govuk", import.meta.url).pathname],
    quietDeps: true,
  });
  const { code } = transform({
    filename: `${name}.css`,
    code: Buffer.from(css),
    minify: true,
    targets: { chrome: version(90), firefox: version(90), safari: version(14, 1), samsung: version(15) },
  });
  const target = new URL(`../static/css/${name}.css`, import.meta.url).pathname;
  writeFileSync(target, banner + code);
  const built = readFileSync(target);
  console.log(
    `${name}: ${built.length} bytes, gzip ${gzipSync(built).length}, brotli ${brotliCompressSync(built).length}`,
  );
}
