/** Made by style/generate-style.ts. */
export const styleSheetFile = "style.16d569cefb77c1a2.css";
export const scriptFiles = {
  "import-progress": "import-progress.6a3165d5353840e1.js",
  "password-rules": "password-rules.c9b57805de2b16ca.js",
} as const;
