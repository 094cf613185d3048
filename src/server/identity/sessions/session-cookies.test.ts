// Attack rows 30 and 85: which cookies are read as ours, and what is set.
import { describe, expect, it } from "vitest";
import { IDENTITY_POLICY_DEFAULT } from "../../../core/identity/identity-policy.ts";
import { createSessionCookies } from "./session-cookies.ts";
import { createSessionToken } from "./session-token.ts";

const secure = createSessionCookies("https://portal.example.com");
const plain = createSessionCookies("http://localhost:8080");
const { token } = createSessionToken();

function lines(work: (reply: { header(name: string, value: string): void }) => void): string[] {
  const set: string[] = [];
  work({ header: (name, value) => void set.push(`${name}: ${value}`) });
  return set;
}

describe("attack row 85: cookies that are set", () => {
  const never = { enabled: false, minutes: 30 };
  const flags = "Path=/; HttpOnly; Secure; SameSite=Lax";

  it("for this host, no script and https only; until the browser ends", () => {
    const set = lines((reply) => secure.setSession(reply, token, IDENTITY_POLICY_DEFAULT.logOut));
    expect(set).toEqual([`set-cookie: __Host-postern-session=${token}; ${flags}`]);
  });

  it("for 400 days for browsers, and for who is never logged out", () => {
    expect(lines((reply) => secure.setSession(reply, token, never))).toEqual([
      `set-cookie: __Host-postern-session=${token}; Max-Age=34560000; ${flags}`,
    ]);
    expect(lines((reply) => secure.setBrowser(reply, token))).toEqual([
      `set-cookie: __Host-postern-browser=${token}; Max-Age=34560000; ${flags}`,
    ]);
  });

  it("for 14 days for browsers that are trusted, however long they are used", () => {
    expect(lines((reply) => secure.setTrust(reply, token))).toEqual([
      `set-cookie: __Host-postern-trust=${token}; Max-Age=1209600; ${flags}`,
    ]);
  });

  it("for ten minutes for whom a provider has named", () => {
    expect(lines((reply) => secure.setBind(reply, token))).toEqual([
      `set-cookie: __Host-postern-bind=${token}; Max-Age=600; ${flags}`,
    ]);
  });

  it("without https there is neither prefix nor Secure", () => {
    const set = lines((reply) => plain.setSession(reply, token, IDENTITY_POLICY_DEFAULT.logOut));
    expect(set).toEqual([`set-cookie: postern-session=${token}; Path=/; HttpOnly; SameSite=Lax`]);
  });

  it("are forgotten with the same flags", () => {
    expect(lines((reply) => secure.clear(reply, "session"))).toEqual([
      `set-cookie: __Host-postern-session=; Max-Age=0; ${flags}`,
    ]);
  });
});

describe("attack row 30: cookies that are read", () => {
  const read = (line: string, cookies = secure) => cookies.read(["Cookie", line], "session");
  const name = "__Host-postern-session";

  it("a token", () => {
    expect(read(`a=1; ${name}=${token}`)).toEqual({ kind: "token", token });
    expect(read(`postern-session=${token}`, plain)).toEqual({ kind: "token", token });
  });

  it.each([
    "x",
    "",
    "a".repeat(42),
    "a".repeat(43),
    `${token}x`,
    `"${token}"`,
    `${token.slice(0, 42)}=`,
    `${token.slice(0, 42)}%41`,
    "\u0000".repeat(43),
    "é".repeat(43),
    "A".repeat(4096),
  ])("%j is no token: nobody", (value) => {
    expect(read(`${name}=${value}`)).toEqual({ kind: "unreadable" });
  });

  it("two of one name, in both orders and alike: nobody", () => {
    const other = createSessionToken().token;
    for (const [first, second] of [
      [token, other],
      [other, token],
      [token, token],
      [token, ""],
      ["", token],
    ]) {
      expect(read(`${name}=${first}; ${name}=${second}`)).toEqual({ kind: "unreadable" });
    }
  });

  it("another name, the plain one under https too: none", () => {
    expect(read(`postern-session=${token}`)).toEqual({ kind: "absent" });
    expect(read(`__host-postern-session=${token}`)).toEqual({ kind: "absent" });
    expect(read(`${name}=${token}`, plain)).toEqual({ kind: "absent" });
  });
});
