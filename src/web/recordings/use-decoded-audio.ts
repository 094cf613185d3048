// The samples of a recording, read once it is heard: not before, and not of large files.
import { useEffect, useState } from "react";
import { decodeAudio, isDecodable } from "./decode-audio.ts";
import type { AudioFile, DecodedAudio } from "./decode-audio.ts";

/** Null: not there yet, or never; the recording plays all the same. */
export function useDecodedAudio(file: AudioFile, isWanted: boolean): DecodedAudio | null {
  const { url, sizeBytes, durationMs } = file;
  const [decoded, setDecoded] = useState<DecodedAudio | null>(null);
  const isAsked = isWanted && isDecodable(file);
  useEffect(() => {
    if (!isAsked) return undefined;
    const leaving = new AbortController();
    void decodeAudio({ url, sizeBytes, durationMs }, leaving.signal).then((audio) => {
      if (!leaving.signal.aborted) setDecoded(audio);
    });
    return () => leaving.abort();
  }, [isAsked, url, sizeBytes, durationMs]);
  return decoded;
}
