// Drafts of the log-out policy: 15 to 999 minutes, said at once, "never" keeps what was set.
import { describe, expect, it } from "vitest";
import { IDENTITY_POLICY_DEFAULT } from "../../../core/identity/identity-policy.ts";
import {
  describeLogOutChanges,
  logOutFault,
  readLogOutDraft,
  switchLogOut,
  toLogOutDraft,
} from "./log-out-draft.ts";

describe("drafts of the log-out policy", () => {
  it("reads back what it was made from", () => {
    const rule = IDENTITY_POLICY_DEFAULT.logOut;
    expect(readLogOutDraft(toLogOutDraft(rule))).toEqual({ enabled: true, minutes: 30 });
  });

  it.each([
    ["14", false],
    ["15", true],
    ["999", true],
    ["1000", false],
    ["", false],
    ["30.5", false],
    ["-15", false],
  ])("takes %j minutes: %s", (minutesText, isAccepted) => {
    const draft = { isOn: true, minutesText };
    expect(logOutFault(draft)).toBe(isAccepted ? null : "A whole number from 15 to 999.");
    expect(readLogOutDraft(draft)).toEqual(
      isAccepted ? { enabled: true, minutes: Number(minutesText) } : null,
    );
  });

  it("keeps the minutes for later when it is set to never, unless they are not accepted", () => {
    expect(switchLogOut({ isOn: true, minutesText: "45" }, false)).toEqual({
      isOn: false,
      minutesText: "45",
    });
    expect(switchLogOut({ isOn: true, minutesText: "5" }, false)).toEqual({
      isOn: false,
      minutesText: "30",
    });
  });

  it("says in words what differs", () => {
    const [never, after] = [
      { enabled: false, minutes: 30 },
      { enabled: true, minutes: 15 },
    ];
    expect(describeLogOutChanges(never, after)).toEqual([
      { title: "Logged out", from: "never", to: "after 15 minutes" },
    ]);
    expect(describeLogOutChanges(never, { ...never, minutes: 60 })).toEqual([]);
  });
});
