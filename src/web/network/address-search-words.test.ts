// Checks what is said of a search of the address lists, also of an address that is written wrong.

import { describe, expect, it } from "vitest";
import { describeFound, describeMiswritten } from "./address-search-words.ts";

describe("describeMiswritten", () => {
  it.each([
    ["1.2.3.4/24", "(host bits set): write 1.2.3.0/24 or 1.2.3.4."],
    ["01.2.3.4", "no leading zeros): write an address (203.0.113.7)"],
    ["1.2.3.256", "write an address (203.0.113.7)"],
    ["2001:db8::1/32", "write 2001:db8::/32 or 2001:db8::1."],
    ["1.2.3.*", "write 1.2.3.0/24."],
  ])("%s: how to write it", (search, words) => expect(describeMiswritten(search)).toContain(words));

  it.each([
    "1.2.3.4",
    "1.2.3.0/24",
    "1.2.3",
    "1.2.3.",
    "1.2.3.4/",
    "1.2.3.4-",
    "2001:db8:",
    "77777",
  ])("%s is right, or still being typed", (search) =>
    expect(describeMiswritten(search)).toBeNull(),
  );

  it.each(["scanner", "list entry 7", "12 March", "at 12:30", "was ban 7 (hard-limit)", "v1.2.3"])(
    "%s is text",
    (search) => expect(describeMiswritten(search)).toBeNull(),
  );
});

describe("describeFound", () => {
  it.each([
    [3, "", "3 entries."],
    [2, "1.2.3.4", "2 entries cover 1.2.3.4. Allow wins over deny."],
    [1, "1.2.3.0/24", "1 entry overlaps 1.2.3.0/24."],
    [0, "scanner", "0 entries with “scanner” in the address or the note."],
    [
      0,
      "1.2.3.4/24",
      "0 entries with “1.2.3.4/24” in the address or the note. As an address, “1.2.3.4/24” is " +
        "not accepted (host bits set): write 1.2.3.0/24 or 1.2.3.4.",
    ],
  ])("%i of %j", (total, search, words) => {
    expect(describeFound(total, { search, action: null })).toBe(words);
  });
});
