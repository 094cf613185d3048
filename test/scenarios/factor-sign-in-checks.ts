// Signing in with second factors: by each of them, with wrong ones, and in a browser one trusts.

import assert from "node:assert/strict";
import { half, setRules, signInByApp, told } from "./factor-steps.ts";
import type { FactorCheck } from "./factor-steps.ts";
import type { FactorBrowser, FactorWorld } from "./factor-world.ts";

const MINUTE_MS = 60_000;
const SECOND_FACTOR = "/sign-in/second-factor";

/** Six digits that the phone shows neither now nor in the steps around. */
async function wrongCode(world: FactorWorld): Promise<string> {
  const near = await Promise.all([-1, 0, 1].map((steps) => world.phone(steps)));
  const wrong = ["000000", "111111", "222222", "333333"].find((code) => !near.includes(code));
  assert.ok(wrong !== undefined);
  return wrong;
}

async function sendWrong(world: FactorWorld, browser: FactorBrowser) {
  return browser.ask("POST", SECOND_FACTOR, { method: "app", code: await wrongCode(world) });
}

export const SIGN_IN_CHECKS: readonly FactorCheck[] = [
  {
    name: "who has only the password gets in nowhere",
    run: async (world) => {
      const browser = await half(world);
      const seen: string[] = [];
      for (const path of ["/me", "/me/sessions", "/me/two-factor"]) {
        seen.push(told(await browser.ask("GET", path)));
      }
      assert.deepEqual(new Set(seen), new Set(["403 second-factor-required"]));
      const { json } = await browser.ask("GET", SECOND_FACTOR);
      assert.deepEqual(json.methods, ["app", "email"]);
      assert.equal(json.sentTo, "a•••@example.com");
      return `${seen[0]}; asked for: ${json.methods.join(" or ")}`;
    },
  },
  {
    name: "signs in with a mailed code",
    run: async (world) => {
      const browser = await half(world);
      const code = await world.mailedCode(browser, `${SECOND_FACTOR}/email-code`);
      const answer = await browser.ask("POST", SECOND_FACTOR, { method: "email", code });
      assert.equal(told(answer), "200 none");
      assert.equal((await browser.ask("GET", "/me")).status, 200);
      return told(answer);
    },
  },
  {
    name: "signs in with the app, spaces or not; no code of it works twice",
    run: async (world) => {
      const browser = await half(world);
      const code = await world.phone();
      const spaced = `${code.slice(0, 3)} ${code.slice(3)}`;
      const answer = await browser.ask("POST", SECOND_FACTOR, { method: "app", code: spaced });
      assert.equal(told(answer), "200 none");
      const other = await half(world);
      const again = await other.ask("POST", SECOND_FACTOR, { method: "app", code });
      assert.equal(told(again), "403 code-used");
      const before = { method: "app", code: await world.phone(-1) };
      const older = await other.ask("POST", SECOND_FACTOR, before);
      assert.equal(told(older), "403 code-used");
      return `${told(answer)}; again: ${told(again)}; the one before it: ${told(older)}`;
    },
  },
  {
    name: "what is no code is refused, and counts for nothing",
    run: async (world) => {
      const browser = await half(world);
      const shapes = ["12345", "1234567", "１２３４５６", 123456, ["000000"], { $gt: "" }, ""];
      const seen = [];
      for (const code of shapes) {
        seen.push((await browser.ask("POST", SECOND_FACTOR, { method: "app", code })).status);
      }
      assert.deepEqual(new Set(seen), new Set([400]));
      const huge = { method: "app", code: "1".repeat(1_000_000) };
      const tooLarge = await browser.ask("POST", SECOND_FACTOR, huge);
      assert.equal(tooLarge.status, 413);
      assert.equal((await browser.ask("GET", SECOND_FACTOR)).json.attemptsLeft, 5);
      return `${seen.join(" ")}, a megabyte ${tooLarge.status}; five tries are left`;
    },
  },
  {
    name: "14 days-skip: asked no more in this browser, and in every other one",
    run: async (world) => {
      await setRules(world, { frequency: "14-days-skip" });
      const browser = await half(world);
      const body = { method: "app", code: await world.phone(), trustBrowser: true };
      assert.equal(told(await browser.ask("POST", SECOND_FACTOR, body)), "200 none");
      assert.ok(browser.cookies.has("postern-trust"));
      await browser.ask("POST", "/sign-out");
      const here = told(await world.signIn(browser));
      const elsewhere = told(await world.signIn(world.browser()));
      assert.deepEqual([here, elsewhere], ["200 none", "200 second-factor"]);
      await setRules(world, { frequency: "every-login" });
      const after = told(await world.signIn(browser));
      assert.equal(after, "200 second-factor");
      return `here ${here}, elsewhere ${elsewhere}; at every login again: ${after}`;
    },
  },
  {
    name: "a backup code signs in once",
    run: async (world) => {
      const [code = ""] = world.backupCodes.splice(0, 1);
      const body = { method: "backup-code", code };
      const first = await (await half(world)).ask("POST", SECOND_FACTOR, body);
      await world.takeMail("A backup code was used");
      const again = await (await half(world)).ask("POST", SECOND_FACTOR, body);
      assert.deepEqual([told(first), told(again)], ["200 none", "403 code-used"]);
      return `${told(first)}; again: ${told(again)}`;
    },
  },
  {
    name: "the third and the fourth wrong code pause for five minutes",
    run: async (world) => {
      await signInByApp(world);
      const browser = await half(world);
      const seen: string[] = [];
      for (let guess = 0; guess < 2; guess += 1) seen.push(told(await sendWrong(world, browser)));
      assert.deepEqual(seen, ["403 code-wrong", "403 code-wrong"]);
      for (const which of ["third", "fourth"]) {
        const answer = await sendWrong(world, browser);
        assert.equal(told(answer), "429 codes-paused", which);
        assert.match(answer.json.detail, /^Please try again in five minutes\./);
        assert.equal(answer.retryAfter, "300");
        const right = { method: "app", code: await world.phone() };
        const early = await browser.ask("POST", SECOND_FACTOR, right);
        assert.equal(told(early), "429 codes-paused", "also the right one");
        if (which === "third") await world.turnClock(5 * MINUTE_MS);
      }
      return "twice 403 code-wrong, twice 429 with Retry-After 300, the right code meanwhile too";
    },
  },
  {
    name: "the fifth ends the sign-in and locks codes for thirty minutes",
    run: async (world) => {
      await world.turnClock(5 * MINUTE_MS);
      const browser = await half(world);
      const answer = await sendWrong(world, browser);
      assert.equal(told(answer), "401 sign-in-ended");
      assert.equal((await browser.ask("GET", SECOND_FACTOR)).status, 401);
      await world.takeMail("Codes for your sign-in");
      const next = await half(world);
      const right = { method: "app", code: await world.phone() };
      const locked = await next.ask("POST", SECOND_FACTOR, right);
      assert.equal(told(locked), "429 codes-locked");
      const waitSeconds = Number(locked.retryAfter);
      assert.ok(waitSeconds > 1700 && waitSeconds <= 1800, String(waitSeconds));
      await world.turnClock(30 * MINUTE_MS);
      await signInByApp(world);
      return `${told(answer)}, then ${told(locked)}; after thirty minutes: 200 none`;
    },
  },
];
