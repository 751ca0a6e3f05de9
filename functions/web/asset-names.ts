/** Made by style/generate-style.ts. */
export const styleSheetFile = "style.01cee1921d411301.css";
export const scriptFile = "password-rules.c9b57805de2b16ca.js";
