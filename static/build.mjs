/* Builds what browsers load: every page's script and style sheet of static/src, and the fonts they name, into static/dist.
   A file is a page's own unless its name begins with "_"; shared parts lie in folders or begin so. `--watch` goes on building. */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const served = join(here, "dist");
const watching = process.argv.includes("--watch");
/* A running site answers from the folder served: a build takes its place when it is whole, and not before. */
const target = watching ? served : `${served}.${process.pid}`;

const pages = readdirSync(source)
  .filter((name) => /^[^_].*\.(js|css)$/.test(name))
  .sort();

/** Names the build by what it holds, so that a page can tell that its scripts are no longer the server's. */
const nameBuild = {
  name: "name-build",
  setup(build) {
    build.onEnd(() => {
      const hash = createHash("sha256");
      for (const name of readdirSync(target).sort()) {
        if (/\.(js|css)$/.test(name)) hash.update(name).update(readFileSync(join(target, name)));
      }
      writeFileSync(join(target, "build.txt"), hash.digest("hex").slice(0, 12));
    });
  },
};

const options = {
  entryPoints: pages.map((name) => join(source, name)),
  outdir: target,
  bundle: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  minify: !watching,
  sourcemap: "linked",
  charset: "utf8",
  legalComments: "none",
  loader: { ".woff2": "file", ".woff": "empty", ".svg": "file" },
  assetNames: "fonts/[name]",
  logLevel: "warning",
  plugins: [nameBuild],
};

/** Puts the build in the place of the one before. */
function serve() {
  const former = `${target}.former`;
  if (existsSync(served)) renameSync(served, former);
  renameSync(target, served);
  rmSync(former, { recursive: true, force: true });
}

if (!watching) process.on("exit", () => rmSync(target, { recursive: true, force: true }));
mkdirSync(join(target, "print"), { recursive: true });
for (const weight of ["400Regular/Amiri_400Regular", "700Bold/Amiri_700Bold"]) {
  // What a PDF in Arabic is typeset with: typst reads no woff2, and brings its own for Latin, Cyrillic and Greek. In Noto
  // Naskh letter and dots are two glyphs, which typst writes as two letters: what is copied from the page has both.
  const face = join(here, "../node_modules/@expo-google-fonts/amiri", `${weight}.ttf`);
  copyFileSync(face, join(target, "print", basename(face)));
}
if (watching) {
  await (await esbuild.context(options)).watch();
} else {
  await esbuild.build(options);
  serve();
}
