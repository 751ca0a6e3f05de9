/** Made by style/generate-style.ts. */
export const styleSheetFile = "style.c4e85df95c9a3c68.css";
export const scriptFiles = {
  "import-progress": "import-progress.6a3165d5353840e1.js",
  "password-rules": "password-rules.c9b57805de2b16ca.js",
} as const;
