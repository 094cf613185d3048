// The kinds of audio files that are taken, and what each is called when it is sent.

export const RECORDING_FORMATS = ["wav", "mp3", "ogg", "m4a"] as const;
export type RecordingFormat = (typeof RECORDING_FORMATS)[number];

/** INVARIANT: recordings are sent with these types only, whatever a file or its name claims. */
export const MEDIA_TYPES: Readonly<Record<RecordingFormat, string>> = {
  wav: "audio/wav",
  mp3: "audio/mpeg",
  ogg: "audio/ogg",
  m4a: "audio/mp4",
};
