// A decision id is found however it was pasted, and nothing else is taken for one.
import { describe, expect, it } from "vitest";
import { readDecisionId } from "./read-decision-id.ts";

const ID = "vvrd2abcdefghijklm7q";
const OTHER = "abcdefghijklmnopqrst";
const ACTIVITY = "https://portal.example/postern/activity";

describe("a decision id", () => {
  it.for([
    [ID],
    [`  ${ID}\n`],
    [ID.toUpperCase()],
    [`${ID}.`],
    [`Decision id: ${ID}`],
    [`Decision id: ${ID}.`],
    [`I was refused (${ID.toUpperCase()}), please help`],
    [`"${ID}"`],
    [`${ID} and again ${ID}`],
    [`${ACTIVITY}?decision=${ID}`],
    [`${ACTIVITY}?user=${OTHER}&decision=${ID}&period=24h`],
    ["vvrd2 abcde fghij klm7q"],
    ["vvrd2abcde\n  fghijklm7q."],
    ["VVRD2\u00A0ABCDE\u200BFGHIJ KLM7Q"],
    ["Decision id: vvrd2 abcde fghij klm7q"],
    ["decision vvrd2 abcde fghij klm7q"],
    ["ID = vvrd2 abcde fghij klm7q,"],
  ] as const)("is in %j", ([text]) => {
    expect(readDecisionId(text)).toBe(ID);
  });

  it.for([
    [""],
    ["203.0.113.7"],
    ["2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff"],
    ["abcdefghijklmnopqrs1"],
    ["abcdefghijklmnopqrs"],
    ["abcdefghijklmnopqrstu"],
    ["Decision id: abcde fghij klmno pqrs1"],
    [`${ID} or ${OTHER}`],
    ["not an address"],
  ] as const)("is not in %j", ([text]) => {
    expect(readDecisionId(text)).toBeNull();
  });
});
