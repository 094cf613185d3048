// An authenticator that is not ours shows the codes that we expect (row 89).
import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { timeStepAt } from "../../src/core/identity/time-step.ts";
import {
  appCodeAt,
  encodeAppSecret,
  findAppStep,
  newAppSecret,
} from "../../src/platform/crypto/app-codes.ts";
import { isSkipped } from "../scenarios/scenario-settings.ts";

it("shows the code of each time step, from the secret as it is typed in", ({ skip }) => {
  if (isSkipped("oathtool")) skip("oathtool is not installed");
  for (let round = 0; round < 20; round += 1) {
    const secret = newAppSecret();
    // From 1970 to 2096, also where the step has more than 31 bits of milliseconds.
    const nowMs = round * 200_000_000_000 + round * 12_345;
    const typed = encodeAppSecret(secret);
    const now = new Date(nowMs).toISOString().replace("T", " ").slice(0, 19);
    const words = ["--totp", "--base32", `--now=${now} UTC`, typed];
    const code = execFileSync("oathtool", words, { encoding: "utf8" }).trim();
    const nowStep = timeStepAt(nowMs);
    expect(appCodeAt({ secret, step: nowStep })).toBe(code);
    expect(findAppStep({ secret, code, nowStep, stepsEitherWay: 0 })).toBe(nowStep);
  }
});
