// Holds the words of the mail about a missed call: who called, the link, and who may hear it.
import { describe, expect, it } from "vitest";
import { toHtml, toText } from "./letter.ts";
import { durationText } from "./letter-facts.ts";
import type { MissedCallData } from "./mail-content.ts";
import { writeLetter } from "./write-letter.ts";

const URL = "https://portal.example.com/postern/recordings/3kqYV0bBv2wJ9n4hXr8ZsQ";
const DATA: MissedCallData = {
  number: "+61255501234",
  label: "Sales",
  caller: "+61491570156",
  recordedAtMs: Date.UTC(2027, 2, 14, 9, 5),
  durationMs: 42_300,
  url: URL,
};

function letterOf(given: Partial<MissedCallData> = {}) {
  const portal = { portalName: "Example Portal", publicUrl: "https://portal.example.com" };
  const content = { kind: "missed-call", data: { ...DATA, ...given } } as const;
  const letter = writeLetter(content, { ...portal, link: null, code: null });
  return { letter, text: `${letter.subject}\n\n${toText(letter)}`, html: toHtml(letter) };
}

describe("a missed call", () => {
  it("is told with number, caller, time, length and the link", () => {
    expect(letterOf().text).toBe(`Missed call on +61255501234

Somebody called +61255501234, was not answered, and was recorded. You get this mail because \
Example Portal has you as a user who may hear the recordings of this number.

Listen to the recording:
${URL}

Number: +61255501234 (Sales)
Caller: +61491570156
Recorded: 14 March 2027, 09:05 UTC
Length: 42 seconds

The recording is not in this mail. Who may hear it is decided anew each time the link is opened: \
by the rules of the account that the number belongs to, and, for whoever is signed in, by the \
numbers that they are granted. You may be asked to sign in first.

Whoever you forward this mail to gets the link and none of your rights. Only where the account has \
set no restrictions does everybody who has the link hear the recording.

-- 
Example Portal · https://portal.example.com
`);
  });

  it("has one link, to the page of the recording, and nothing that plays", () => {
    const { html } = letterOf();
    expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([URL]);
    expect(html).not.toMatch(/<audio|<source|\/audio|src=/);
  });

  it.each([
    ["", "withheld"],
    ["0491 570 156", "0491 570 156"],
    ["+61 (0)2 5550-1234", "+61 (0)2 5550-1234"],
    ["Ada Lovelace", "Ada Lovelace"],
    ["https://evil.example.com/pay", "one without a plain name"],
    ["evil.example.com", "one without a plain name"],
    ["tel:+1900555;evil", "one without a plain name"],
    ["<b>evil</b>", "one without a plain name"],
  ])("by the caller %j shows %j", (caller, shown) => {
    const { text, html } = letterOf({ caller });
    expect(text).toContain(`\nCaller: ${shown}\nRecorded: `);
    expect(text + html).not.toContain("evil");
  });

  it.each(["", "www.evil.example.com", "Sales <b>evil</b>"])("leaves out the label %j", (label) => {
    const { text, html } = letterOf({ label });
    expect(text).toContain("\nNumber: +61255501234\nCaller: ");
    expect(text + html).not.toContain("evil");
  });
});

it.each([
  [0, "1 second"],
  [499, "1 second"],
  [1_500, "2 seconds"],
  [59_499, "59 seconds"],
  [59_500, "1 minute"],
  [61_000, "1 minute 1 second"],
  [185_000, "3 minutes 5 seconds"],
  [3_600_000, "60 minutes"],
])("%i ms are %j", (durationMs, words) => {
  expect(durationText(durationMs)).toBe(words);
});
