// Loaded into a program before it starts: its clock is ahead by the milliseconds in a file.
import { readFileSync } from "node:fs";

const path = process.env["POSTERN_SCENARIO_CLOCK"];
const realNowMs = Date.now.bind(Date);

if (path !== undefined) Date.now = () => realNowMs() + Number(readFileSync(path, "utf8"));
