// Checks where a sign-in may lead: the known origins, and nothing that only looks like one.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkReturnAddress } from "./return-address.ts";

const ORIGINS = ["https://portal.example.com", "https://chat.example.com:8443"] as const;
const check = (typed: string) => checkReturnAddress(typed, ORIGINS);

describe("checkReturnAddress", () => {
  it.each([
    ["/", "/"],
    ["/inbox?folder=3#top", "/inbox?folder=3#top"],
    ["/postern/settings", "/postern/settings"],
    ["/a/../b", "/b"],
    ["/?next=https://elsewhere.example", "/?next=https://elsewhere.example"],
    ["/@elsewhere.example", "/@elsewhere.example"],
    ["/ü", "/%C3%BC"],
    ["https://portal.example.com", "https://portal.example.com/"],
    ["HTTPS://PORTAL.EXAMPLE.COM/Inbox", "https://portal.example.com/Inbox"],
    ["https://portal.example.com:443/inbox", "https://portal.example.com/inbox"],
    ["https://chat.example.com:8443/x", "https://chat.example.com:8443/x"],
  ])("row 37: lets %s through", (typed, expected) => {
    expect(check(typed)).toBe(expected);
  });

  it.each([
    "",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "/./\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "/ /evil.example",
    "/.//evil.example",
    "/%2e//evil.example",
    "/x/..//evil.example",
    "/\u0000/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "https://evil.example",
    "https://evil.example/https://portal.example.com",
    "https://portal.example.com.evil.example",
    "https://portal.example.comevil.example",
    "https://portal.example.com@evil.example",
    "https://portal.example.com:pass@evil.example",
    "https://user@portal.example.com/",
    "https://user:pass@portal.example.com/",
    "https://evil.example#@portal.example.com",
    "https://evil.example?portal.example.com",
    "https://evil.example\\@portal.example.com",
    "https://portal.example.com\\.evil.example",
    "https://portal.example.com:8080/",
    "https://chat.example.com/",
    "http://portal.example.com/",
    "https://sub.portal.example.com/",
    "https://portal.example.com./",
    "https://pörtal.example.com/",
    "//portal.example.com",
    "inbox",
    "?x=1",
    "#top",
    "javascript:alert(1)",
    "JavaScript:alert(1)//https://portal.example.com",
    "java\tscript:alert(1)",
    "data:text/html,x",
    "ftp://portal.example.com/",
    "blob:https://portal.example.com/x",
    "view-source:https://portal.example.com/",
    "https://",
    "https://[::1]/",
    "http:portal.example.com",
  ])("row 37: refuses %j", (typed) => {
    expect(check(typed)).toBeNull();
  });

  it("row 37: refuses nothing at all, too", () => {
    expect(checkReturnAddress(undefined, ORIGINS)).toBeNull();
    expect(checkReturnAddress(null, ORIGINS)).toBeNull();
  });

  it("row 37: whatever passes leads a browser to a known origin", () => {
    const pieces = fc.constantFrom(
      ..."/ \\ // . .. @ : ? # % \t \n http https: portal.example.com evil.example %2f %5c ;".split(
        " ",
      ),
      "",
    );
    const text = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(text, text, fc.string()), (typed) => {
        const passed = check(typed);
        if (passed === null) return;
        const { origin } = new URL(passed, `${ORIGINS[0]}/postern/sign-in`);
        expect(ORIGINS).toContain(origin);
      }),
      { numRuns: 500 },
    );
  });
});
