import { runEmulator } from "./emulator-child.ts";

runEmulator(async () => (await import("./ses-emulator.ts")).emulator);
