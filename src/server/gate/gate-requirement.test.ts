// Checks that whatever a visitor appends to a door's address makes it stricter or changes nothing.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRequirement } from "./gate-requirement.ts";

const NAMES = ["none", "optional", "required"] as const;
const ROLES = [null, "agent", "admin", "operator"] as const;

describe("readRequirement", () => {
  it.each([
    ["", "none", null],
    ["folder=3", "none", null],
    ["session=required", "required", null],
    ["session=optional", "optional", null],
    ["session=required&role=admin", "required", "admin"],
    ["role=agent", "none", "agent"],
    ["session=required&session=optional", "required", null],
    ["session=optional&session=required", "required", null],
    ["role=operator&role=agent", "none", "operator"],
    ["role=agent&role=admin", "none", "admin"],
    ["session=required&sessio%6e=none", "required", null],
    ["session=required&Session=none&SESSION=x", "required", null],
    ["session=required#&session=none", null, null],
    ["session=", null, null],
    ["session", null, null],
    ["session=Required", null, null],
    ["session=required&session=false", null, null],
    ["session=required&role=", null, null],
    ["session=required&role=owner", null, null],
    ["session=required?session=none", null, null],
  ] as const)("%s", (query, session, role) => {
    expect(readRequirement(query)).toEqual(session === null ? null : { session, role });
  });

  it("is never laxer than what was configured", () => {
    const pair = fc.tuple(
      fc.constantFrom("session", "role", "x", "%73ession", "role[]"),
      fc.constantFrom("none", "optional", "required", "agent", "admin", "operator", "", "x&"),
    );
    const configured = fc.record({
      session: fc.constantFrom(...NAMES),
      role: fc.constantFrom(...ROLES),
    });
    fc.assert(
      fc.property(configured, fc.array(pair, { maxLength: 5 }), ({ session, role }, pairs) => {
        const own = `session=${session}${role === null ? "" : `&role=${role}`}`;
        const read = readRequirement(
          [own, ...pairs.map(([name, value]) => `${name}=${value}`)].join("&"),
        );
        if (read === null) return;
        expect(NAMES.indexOf(read.session)).toBeGreaterThanOrEqual(NAMES.indexOf(session));
        expect(ROLES.indexOf(read.role)).toBeGreaterThanOrEqual(ROLES.indexOf(role));
      }),
    );
  });
});
