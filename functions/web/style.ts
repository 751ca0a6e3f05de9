/**
 * The style of all pages, readable from 320 pixels wide and at 400 % zoom. Colours keep at least 4.5 : 1 to
 * their background. It is text in a module, so that every loader of this code can load it.
 */
export const styleSheet = `
:root {
  --ink: #1a1f26;
  --soft: #4a5462;
  --line: #6b7684;
  --accent: #154273;
  --accent-dark: #0d2b4c;
  --tint: #eef3f9;
  --danger: #a8111b;
  --danger-tint: #fdf0f0;
  --warning: #b25d00;
  --warning-tint: #fff6e8;
  --focus: #ffd23f;
  font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-size: 100%;
  line-height: 1.5;
  color: var(--ink);
  background: #fff;
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; overflow-wrap: break-word; }
main, .foot, .product { width: 100%; max-width: 44rem; margin: 0 auto; padding: 0 1rem; }
main { flex: 1; padding-top: 1.5rem; padding-bottom: 2.5rem; }
main:focus { outline: none; }
h1 { margin: 0 0 1.25rem; font-size: 1.75rem; line-height: 1.2; color: var(--accent); }
h2 { margin: 0 0 0.5rem; font-size: 1.2rem; line-height: 1.3; }
p, ul, dl { margin: 0 0 1rem; }
ul { padding-left: 1.25rem; }
li { margin-bottom: 0.25rem; }
a { color: var(--accent); text-underline-offset: 0.15em; }
a:hover { color: var(--accent-dark); text-decoration-thickness: 0.15em; }
a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible, .summary:focus {
  outline: 3px solid var(--ink);
  outline-offset: 2px;
  box-shadow: 0 0 0 6px var(--focus);
}
.skip { position: absolute; left: 1rem; top: -10rem; padding: 0.5rem 1rem; background: #fff; z-index: 1; }
.skip:focus { top: 0.5rem; }
.bar { background: var(--accent); border-bottom: 4px solid var(--focus); }
.product { display: block; padding-top: 0.9rem; padding-bottom: 0.9rem; color: #fff; font-size: 1.1rem; font-weight: 600; text-decoration: none; }
.product:hover { color: #fff; text-decoration: underline; }
.field { margin-bottom: 1.25rem; }
.wrong { padding-left: 0.9rem; border-left: 4px solid var(--danger); }
label { display: block; margin-bottom: 0.25rem; font-weight: 600; }
.hint { margin: 0 0 0.35rem; color: var(--soft); }
.error p { margin: 0 0 0.35rem; color: var(--danger); font-weight: 600; }
input { width: 100%; max-width: 24rem; min-height: 2.75rem; padding: 0.5rem 0.75rem; font: inherit; color: inherit; background: #fff; border: 1px solid var(--line); border-radius: 4px; }
input[readonly] { background: var(--tint); }
.wrong input { border: 2px solid var(--danger); }
button, .button { display: inline-block; min-height: 2.75rem; padding: 0.6rem 1.4rem; font: inherit; font-weight: 600; line-height: 1.4; text-align: center; text-decoration: none; color: #fff; background: var(--accent); border: 2px solid var(--accent); border-radius: 4px; cursor: pointer; }
button:hover, .button:hover { color: #fff; background: var(--accent-dark); border-color: var(--accent-dark); }
.quiet { color: var(--accent); background: #fff; }
.quiet:hover { color: var(--accent-dark); background: var(--tint); }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
.links { margin: 1.5rem 0; padding: 0; list-style: none; }
.links li { margin-bottom: 0.5rem; }
.summary, .warning, .aside, .rules { margin: 0 0 1.5rem; padding: 1rem 1.25rem; border-radius: 4px; }
.summary { background: var(--danger-tint); border: 2px solid var(--danger); }
.summary h2 { color: var(--danger); }
.summary ul, .warning .actions, .aside > :last-child, .rules ul { margin-bottom: 0; }
.summary a { color: var(--danger); font-weight: 600; }
.warning { background: var(--warning-tint); border-left: 6px solid var(--warning); }
.aside, .rules { background: var(--tint); }
.broken { color: var(--danger); }
dl > div { padding: 0.6rem 0; border-bottom: 1px solid #d5dae1; }
dt { color: var(--soft); }
dd { margin: 0; font-weight: 600; }
@media (min-width: 36rem) {
  dl > div { display: grid; grid-template-columns: 14rem 1fr; gap: 1rem; }
}
.foot { padding-top: 1rem; padding-bottom: 1.5rem; border-top: 1px solid #d5dae1; color: var(--soft); }
.help { margin-bottom: 0.75rem; color: var(--ink); }
summary { display: inline-block; padding: 0.4rem 0; color: var(--accent); font-weight: 600; text-decoration: underline; text-underline-offset: 0.15em; cursor: pointer; }
.help[open] summary { margin-bottom: 0.5rem; }
.operator { margin: 0; }
`.trim();
