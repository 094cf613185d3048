// Checks who may go on by who they are: nobody asked, a session, a role.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ROLES } from "../accounts/role.ts";
import { decideIdentity, SESSION_REQUIREMENTS } from "./decide-identity.ts";
import type { GateSession, IdentityRequirement } from "./decide-identity.ts";

const NONE = { session: "none", role: null } as const;
const OPTIONAL = { session: "optional", role: null } as const;
const REQUIRED = { session: "required", role: null } as const;
const ADMIN = { session: "required", role: "admin" } as const;

const HERE = { isAccountNamed: true } as const;
const AGENT_SESSION = {
  verdict: "admit",
  reason: "session-open",
  role: "agent",
  ...HERE,
} as const;
const STRANGER = { ...AGENT_SESSION, role: null } as const;
const IDLE = { verdict: "refuse", reason: "session-idle", role: "admin", ...HERE } as const;
const HALF = { verdict: "limit", reason: "password-expired", role: "operator", ...HERE } as const;

describe("identity at the gate", () => {
  it.each([
    ["nobody where none is asked", NONE, null, "pass", "session-not-asked"],
    ["somebody idle where none is asked", NONE, IDLE, "pass", "session-not-asked"],
    ["nobody where it is optional", OPTIONAL, null, "pass", "session-missing"],
    ["somebody where it is optional", OPTIONAL, AGENT_SESSION, "pass", "session-open"],
    ["somebody idle where it is optional", OPTIONAL, IDLE, "pass", "session-idle"],
    ["nobody where it is required", REQUIRED, null, "sign-in", "session-missing"],
    ["somebody", REQUIRED, AGENT_SESSION, "pass", "session-open"],
    ["a stranger to the account", REQUIRED, STRANGER, "forbid", "role-missing"],
    ["a stranger where it is optional", OPTIONAL, STRANGER, "pass", "role-missing"],
    ["a stranger where none is asked", NONE, STRANGER, "pass", "session-not-asked"],
    [
      "a half signed-in stranger where it is optional",
      OPTIONAL,
      { ...HALF, role: null },
      "pass",
      "password-expired",
    ],
    [
      "somebody without an account where none is named",
      REQUIRED,
      { ...STRANGER, isAccountNamed: false },
      "pass",
      "session-open",
    ],
    ["somebody idle", REQUIRED, IDLE, "sign-in", "session-idle"],
    ["somebody half signed in", REQUIRED, HALF, "sign-in", "password-expired"],
    ["an agent where admins may", ADMIN, AGENT_SESSION, "forbid", "role-missing"],
    ["a stranger where admins may", ADMIN, STRANGER, "forbid", "role-missing"],
    ["an admin", ADMIN, { ...AGENT_SESSION, role: "admin" }, "pass", "session-open"],
    ["an operator", ADMIN, { ...AGENT_SESSION, role: "operator" }, "pass", "session-open"],
    ["nobody where admins may", ADMIN, null, "sign-in", "session-missing"],
    ["an idle admin", ADMIN, IDLE, "sign-in", "session-idle"],
    [
      "nobody, a role without a session",
      { ...NONE, role: "agent" },
      null,
      "sign-in",
      "session-missing",
    ],
    ["an agent there", { ...OPTIONAL, role: "agent" }, AGENT_SESSION, "pass", "session-open"],
  ] as const)("%s", (_, requirement, session, verdict, reason) => {
    expect(decideIdentity(requirement, session)).toMatchObject({ verdict, reason });
  });

  it("tells its steps in order, and what did not concern the request", () => {
    const stepsOf = (requirement: IdentityRequirement, session: GateSession) =>
      decideIdentity(requirement, session).steps.map(({ step, result }) => `${step} ${result}`);
    expect(stepsOf(NONE, null)).toEqual(["session-not-asked matched"]);
    expect(stepsOf(OPTIONAL, IDLE)).toEqual([
      "session-not-asked not-matched",
      "session-missing not-applicable",
      "session-idle not-applicable",
      "role-missing not-applicable",
    ]);
    expect(stepsOf(ADMIN, AGENT_SESSION)).toEqual([
      "session-not-asked not-matched",
      "session-missing not-matched",
      "session-open not-matched",
      "role-missing matched",
    ]);
  });
});

const anySession: fc.Arbitrary<GateSession> = fc.option(
  fc.record({
    verdict: fc.constantFrom("admit", "limit", "refuse"),
    reason: fc.constantFrom("session-open", "session-idle", "password-expired"),
    role: fc.option(fc.constantFrom(...ROLES)),
    isAccountNamed: fc.boolean(),
  }),
);
const anyRequirement: fc.Arbitrary<IdentityRequirement> = fc.record({
  session: fc.constantFrom(...SESSION_REQUIREMENTS),
  role: fc.option(fc.constantFrom(...ROLES)),
});

describe("a requirement", () => {
  it("that is met had a whole session of a high enough role, where it asked for one", () => {
    fc.assert(
      fc.property(anyRequirement, anySession, (requirement, session) => {
        const { verdict } = decideIdentity(requirement, session);
        const isAsked = requirement.session === "required" || requirement.role !== null;
        const ranks: readonly (string | null)[] = [...ROLES, null];
        const least = requirement.role ?? (session?.isAccountNamed === true ? "agent" : null);
        const isHighEnough = ranks.indexOf(session?.role ?? null) <= ranks.indexOf(least);
        const isMet = !isAsked || (session?.verdict === "admit" && isHighEnough);
        expect(verdict === "pass").toBe(isMet);
        if (session?.verdict !== "admit") expect(verdict).not.toBe("forbid");
      }),
      { numRuns: 500 },
    );
  });
});
