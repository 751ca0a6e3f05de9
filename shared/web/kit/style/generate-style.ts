import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { transform } from "esbuild";
import postcss, { type Root, type Rule } from "postcss";

/** Swap this for another theme of NL Design System, and every colour, size and letter follows. */
const theme = "@nl-design-system-unstable/voorbeeld-design-tokens";
const components = "@utrecht/component-library-css";

/** Pages load no font, so the theme's font is replaced by the system's. */
const systemFont = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const overrides = {
  "--basis-text-font-family-default": systemFont,
  "--basis-heading-font-family": systemFont,
  "--basis-heading-font-family-default": systemFont,
  "--basis-form-control-font-family": systemFont,
};

/** The elements and classes that pages use; the rest of the library's style is left out. */
const elements = new Set("a h1 h2 h3 p ul ol li label table caption th td".split(" "));
const classes = new Set([
  "utrecht-button",
  "utrecht-button--primary-action",
  "utrecht-button--secondary-action",
  "utrecht-button--danger",
  "utrecht-button-link",
  "utrecht-button-link--html-a",
  "utrecht-button-link--primary-action",
  "utrecht-button-link--secondary-action",
  "utrecht-textbox",
  "utrecht-textbox--html-input",
  "utrecht-textarea",
  "utrecht-textarea--html-textarea",
  "utrecht-checkbox",
  "utrecht-checkbox--html-input",
  "utrecht-radio-button",
  "utrecht-radio-button--html-input",
  "utrecht-alert",
  "utrecht-alert--error",
  "utrecht-alert--ok",
  "utrecht-form-field-description",
  "utrecht-form-field-error-message",
]);

/** Optional scripts; pages work without JavaScript. */
const scripts = ["import-progress", "password-rules"];

const assets = join(import.meta.dirname, "..", "assets");
export const styleSheetPath = join(assets, "style.css");
export const assetNamesPath = join(assets, "..", "asset-names.ts");

/** The style sheet of all pages: Utrecht's components, our layout, and of the theme only what these two use. */
export async function generateStyleSheet(): Promise<string> {
  const ofElements = postcss.parse(await fileOf(components, "html.css"));
  keepSelectors(ofElements, isOfPage);
  // Less specific than any class, so that a link can be a button.
  ofElements.walkRules((rule) => {
    rule.selectors = rule.selectors.map((one) => one.replace(".utrecht-html", ":where(.utrecht-html)"));
  });
  const ofClasses = postcss.parse(await fileOf(components, "index.css"));
  keepSelectors(ofClasses, hasOnlyOurClasses);
  const layout = postcss.parse(await readFile(join(import.meta.dirname, "layout.css"), "utf8"));
  const style = postcss.parse([ofElements, ofClasses, layout].map((root) => root.toString()).join("\n"));
  const tokens = new Map<string, string>();
  postcss
    .parse(await fileOf(theme, "theme.css"))
    .walkDecls(/^--/, ({ prop, value }) => void tokens.set(prop, value));
  for (const [name, value] of Object.entries(overrides)) tokens.set(name, value);
  inlineTokens(style, tokens);
  const { code } = await transform(style.toString(), { loader: "css", minify: true, legalComments: "none" });
  return `/* Utrecht component library CSS: EUPL-1.2, Gemeente Utrecht, Frameless B.V. */\n${code}`;
}

async function fileOf(packageName: string, file: string): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  return readFile(join(manifest, "..", "dist", file), "utf8");
}

function keepSelectors(root: Root, isKept: (selector: string) => boolean): void {
  root.walkComments((comment) => void comment.remove());
  root.walkRules((rule: Rule) => {
    const kept = rule.selectors.filter(isKept);
    if (kept.length === 0) rule.remove();
    else rule.selectors = kept;
  });
  root.walkAtRules((rule) => {
    if (rule.nodes?.length === 0) rule.remove();
  });
}

/** `.utrecht-html` and an element of ours. */
function isOfPage(selector: string): boolean {
  const name = /^\.utrecht-html ([a-z0-9]+)(?![\w.[(-])/.exec(selector)?.[1];
  return name !== undefined && elements.has(name) && !/\.[a-z]/.test(selector.slice(".utrecht-html".length));
}

function hasOnlyOurClasses(selector: string): boolean {
  const used = [...selector.matchAll(/\.([\w-]+)/g)].map(([, name]) => name ?? "");
  // What has not been filled in yet is not wrong yet.
  return used.length > 0 && used.every((name) => classes.has(name)) && !selector.includes(":invalid");
}

/** A use of a token, with what stands in for it where there is no such token. */
interface TokenUse {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly fallback: string | null;
}

function firstUse(text: string): TokenUse | null {
  const start = text.search(/(?<![\w-])var\(/);
  if (start < 0) return null;
  let [depth, end, comma] = [1, start + 4, -1];
  for (; depth > 0; end += 1) {
    const letter = text[end];
    if (letter === undefined) throw new Error(`Unbalanced: ${text}`);
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (letter === "," && depth === 1 && comma < 0) comma = end;
  }
  const name = text.slice(start + 4, comma < 0 ? end - 1 : comma).trim();
  return { start, end, name, fallback: comma < 0 ? null : text.slice(comma + 1, end - 1).trim() };
}

/**
 * Puts the theme's values in the place of its tokens, since most of them are used once and their names are
 * long. Tokens that a rule sets stay, for their value depends on where one looks.
 */
function inlineTokens(style: Root, theme: ReadonlyMap<string, string>): void {
  const set = new Set<string>();
  style.walkDecls(/^--/, ({ prop }) => void set.add(prop));
  // Null: there is no such token, and nothing that stands in for it.
  const resolve = (text: string): string | null => {
    const use = firstUse(text);
    if (!use) return text;
    const rest = resolve(text.slice(use.end));
    const own = theme.get(use.name);
    const instead = use.fallback === null ? null : resolve(use.fallback);
    const value = set.has(use.name)
      ? `var(${use.name}${instead === null ? "" : `,${instead}`})`
      : ((own === undefined ? null : resolve(own)) ?? instead);
    return value === null || rest === null ? null : text.slice(0, use.start) + value + rest;
  };
  style.walkDecls((declaration) => {
    // As browsers do with what cannot be worked out (CSS Custom Properties, §3.1).
    declaration.value =
      resolve(declaration.value) ?? (declaration.prop.startsWith("--") ? "initial" : "unset");
  });
}

/** A file's name with a part that changes with its content, so that browsers may keep it for good. */
function hashed(name: string, extension: string, content: string): string {
  return `${name}.${createHash("sha256").update(content).digest("hex").slice(0, 16)}.${extension}`;
}

/** The code that names the files; several functions link to them, one serves them. */
export async function generateAssetNames(styleSheet: string): Promise<string> {
  const lines = scripts.map(async (name) => {
    const content = await readFile(join(assets, `${name}.js`), "utf8");
    return `  "${name}": "${hashed(name, "js", content)}",`;
  });
  return `/** Made by style/generate-style.ts. */
export const styleSheetFile = "${hashed("style", "css", styleSheet)}";
export const scriptFiles = {
${(await Promise.all(lines)).join("\n")}
} as const;
`;
}

if (process.argv[1] === import.meta.filename) {
  const styleSheet = await generateStyleSheet();
  await writeFile(styleSheetPath, styleSheet);
  await writeFile(assetNamesPath, await generateAssetNames(styleSheet));
}
