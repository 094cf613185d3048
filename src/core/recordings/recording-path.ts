// Reads which recording an address of ours leads to, and what of it is asked for.

/** `page`: the player. `audio`: the file. `facts`: what the player shows, as JSON. */
export type RecordingAsk = {
  readonly kind: "page" | "audio" | "facts";
  readonly link: string;
};

const LINK = "([A-Za-z0-9_-]{22})";
const PAGE_OR_AUDIO = new RegExp(`^(?:/postern)?/recordings/${LINK}(/audio)?$`);
const FACTS = new RegExp(`^(?:/postern)?/api/v1/recording-links/${LINK}$`);

/**
 * INVARIANT: one spelling for each. What is encoded, doubled, dotted or of other case is no address
 * of a recording, so that nobody reads here another recording than the gate did (attack row 131).
 * @param url path and query; the query never takes part
 */
export function readRecordingPath(url: string): RecordingAsk | null {
  const path = url.split("?", 1)[0] ?? "";
  const [, facts] = FACTS.exec(path) ?? [];
  if (facts !== undefined) return { kind: "facts", link: facts };
  const [, link, audio] = PAGE_OR_AUDIO.exec(path) ?? [];
  if (link === undefined) return null;
  return { kind: audio === undefined ? "page" : "audio", link };
}
