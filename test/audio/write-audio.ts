// Writes the recordings that tests and the demo play: `npx tsx test/audio/write-audio.ts`.
import { join } from "node:path";
import { AUDIO_SAMPLES } from "./audio-samples.ts";
import { AUDIO_KIND_NAMES, makeAudio } from "./make-audio.ts";
import type { Spoken } from "./make-audio.ts";

const CALL_BACK = "Hello, please call me back about the order when you are in.";
const AFTER_HOURS =
  "Thank you for calling. Nobody is in the office at the moment. " +
  "We are here from Monday to Friday, between nine and five. " +
  "Please leave your name, your number, and a few words on what it is about. ";

const DEMO_FOLDER = join(import.meta.dirname, "../../docs/demo");

/** Nobody's words: there is no such caller, order, boat or van. */
const DEMO_VOICEMAILS: Readonly<Record<string, Spoken>> = {
  "boat-trip.mp3": {
    kind: "mp3",
    voice: "en-gb",
    text:
      "Hello. I am calling about the boat trip on Saturday. " +
      "Is there still room for four of us? I will try again this afternoon.",
  },
  "late-delivery.ogg": {
    kind: "opus",
    voice: "en-us+f3",
    text:
      "Good morning. The delivery that should have come on Tuesday is not here yet. " +
      "Could somebody find out where the van is? Thank you.",
  },
  "opening-hours.m4a": {
    kind: "aac",
    voice: "en-gb-scotland+f2",
    text:
      "Hi there. Are you open on the bank holiday? " +
      "I would like to bring the old bicycle in for repair.",
  },
  "call-back.wav": {
    kind: "ulaw",
    voice: "en-gb+m3",
    text: "Hello, please call me back when you have a minute. There is no hurry.",
  },
};

for (const kind of AUDIO_KIND_NAMES) {
  const { path, seconds } = AUDIO_SAMPLES[kind];
  await makeAudio(path, { kind, text: CALL_BACK, seconds });
}
const { path, seconds } = AUDIO_SAMPLES.minute;
await makeAudio(path, { kind: "mp3", text: AFTER_HOURS.repeat(5), seconds, bitRate: "16k" });
for (const [fileName, spoken] of Object.entries(DEMO_VOICEMAILS)) {
  await makeAudio(join(DEMO_FOLDER, fileName), spoken);
}
