// The thread that reads policy files, so that a long one never delays a decision.
import { parentPort } from "node:worker_threads";
import { checkPolicyFile } from "./check-policy-file.ts";

parentPort?.on("message", (text: string) => parentPort?.postMessage(checkPolicyFile(text)));
