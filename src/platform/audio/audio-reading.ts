// What is known of an audio file once it has been read, and in which words it is refused.

export type AudioFormat = "wav" | "mp3" | "ogg" | "m4a";

export type AudioReading =
  | {
      readonly ok: true;
      readonly format: AudioFormat;
      /** Such as `PCM`, `A-law`, `µ-law`, `MP3`, `Opus`, `AAC`. */
      readonly codec: string;
      /** Above 0. */
      readonly durationMs: number;
    }
  | { readonly ok: false; /** For people. */ readonly message: string };

/** Whether a file holds all that it says it holds. */
export type Extent =
  | {
      readonly ok: true;
      /** Null: music-metadata tells it. */
      readonly durationMs: number | null;
      readonly codec: string | null;
    }
  | { readonly ok: false; readonly why: string };

export const ACCEPTED = "WAV (PCM, A-law, µ-law), MP3, Ogg Opus or M4A (AAC) is taken";
