// Which second factor is asked for first.
import { expect, it } from "vitest";
import { chooseWay, readFactorSearch } from "./factor-search.ts";

const all = { methods: ["email", "passkey", "app"], hasBackupCodes: true } as const;
const mail = { methods: ["email"], hasBackupCodes: false } as const;

it.each([
  ["the app before the mail", all, undefined, null, "app"],
  ["what was used last in this browser", all, undefined, "email", "email"],
  ["what was asked for, before what was used last", all, "passkey", "email", "passkey"],
  ["a backup code when it is asked for", all, "backup-code", "app", "backup-code"],
  ["no backup code when there is none", mail, "backup-code", null, "email"],
  ["nothing that is off, whatever was used last", mail, "app", "passkey", "email"],
  [
    "a backup code when nothing else is left",
    { methods: [], hasBackupCodes: true },
    "app",
    null,
    "backup-code",
  ],
] as const)("takes %s", (_name, offered, wanted, last, way) => {
  expect(chooseWay(offered, wanted, last)).toBe(way);
});

it.each([
  [{ with: "backup-code" }, { with: "backup-code" }],
  [{ with: "email", returnTo: "/" }, { with: "email" }],
  [{ with: "sms" }, {}],
  [{ with: ["app"] }, {}],
  [{}, {}],
] as const)("reads %o as %o", (search, read) => {
  expect(readFactorSearch(search)).toEqual(read);
});
