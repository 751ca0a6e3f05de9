import { runEmulator } from "./emulator-child.ts";

runEmulator(async () => (await import("./cognito-emulator.ts")).emulator);
