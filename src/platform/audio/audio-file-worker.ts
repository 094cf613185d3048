// The thread that judges audio files, so that a large or hostile one never delays a decision.
import { parentPort } from "node:worker_threads";
import { judgeAudioFile } from "./judge-audio-file.ts";

parentPort?.on("message", (path: string) => {
  void judgeAudioFile(path).then((reading) => parentPort?.postMessage(reading));
});
