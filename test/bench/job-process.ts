import { runHere, type Job } from "./jobs.ts";

/* One run of a job in a process of its own: its last line says what it cost. */

const [job = "", endpoint = "", unique = ""] = process.argv.slice(2);
const figures = await runHere(job as Job, endpoint, unique);
console.log(JSON.stringify({ ...figures, megabytes: process.resourceUsage().maxRSS / 1024 }));
