/** Made by style/generate-style.ts. */
export const styleSheetFile = "style.e3248e86e4d05bc6.css";
export const scriptFile = "password-rules.c9b57805de2b16ca.js";
