// Setting up, resetting, turning off and requiring second factors, as User settings and admins do.

import assert from "node:assert/strict";
import { half, prove, setRules, setUpApp, signInByApp, told } from "./factor-steps.ts";
import type { FactorCheck } from "./factor-steps.ts";

const MINUTE_MS = 60_000;

export const SET_UP_CHECKS: readonly FactorCheck[] = [
  {
    name: "a right password is enough while no second factor is on",
    run: async (world) => {
      const answer = await world.signIn(world.browser());
      assert.equal(told(answer), "200 none");
      return told(answer);
    },
  },
  {
    name: "who is signed in proves it once more before anything changes",
    run: async (world) => {
      const browser = world.browser();
      await world.signIn(browser);
      const refused = await browser.ask("POST", "/me/two-factor/email");
      assert.equal(told(refused), "403 proof-required");
      const wrong = { method: "password", password: "not-it-at-all" };
      const guessed = await browser.ask("POST", "/me/proof", wrong);
      assert.equal(told(guessed), "403 password-wrong");
      return `${told(refused)}, ${told(guessed)}`;
    },
  },
  {
    name: "e-mail authentication is set up with the code of a mail",
    run: async (world) => {
      const browser = world.browser();
      await world.signIn(browser);
      await prove(browser);
      const code = await world.mailedCode(browser, "/me/two-factor/email");
      const path = "/me/two-factor/email/confirm";
      const answer = await browser.ask("POST", path, { code });
      assert.equal(told(answer), "200 none");
      assert.equal(answer.json.backupCodes.length, 10);
      world.backupCodes.push(...answer.json.backupCodes);
      await world.takeMail("Codes by e-mail were set up");
      return `six digits arrived; ten backup codes such as ${"x".repeat(5)}-${"x".repeat(5)}`;
    },
  },
  {
    name: "the authenticator app is set up beside it, with the secret in oathtool",
    run: async (world) => {
      const browser = await half(world);
      const code = await world.mailedCode(browser, "/sign-in/second-factor/email-code");
      await browser.ask("POST", "/sign-in/second-factor", { method: "email", code });
      await prove(browser);
      const answer = await setUpApp(world, browser);
      assert.deepEqual([told(answer), answer.json.backupCodes], ["200 none", null]);
      await world.takeMail("An authenticator app was set up");
      const { json } = await browser.ask("GET", "/me/two-factor");
      assert.ok(json.app !== null && json.email !== null);
      assert.equal(json.backupCodes.left, 10);
      return "both are on; the backup codes stay those that were shown";
    },
  },
];

export const CHANGE_CHECKS: readonly FactorCheck[] = [
  {
    name: "Reset: another secret takes the app's place",
    run: async (world) => {
      const browser = await signInByApp(world);
      await prove(browser);
      const old = await world.phone();
      assert.equal(told(await setUpApp(world, browser)), "200 none");
      await world.takeMail("Your authenticator app was reset");
      const waiting = await half(world);
      const body = { method: "app", code: old };
      const refused = told(await waiting.ask("POST", "/sign-in/second-factor", body));
      assert.equal(refused, "403 code-wrong");
      await signInByApp(world);
      return `the old app's code: ${refused}; the new one's: 200 none`;
    },
  },
  {
    name: "Turn off: with the last method, backup codes and the question are gone",
    run: async (world) => {
      const browser = await signInByApp(world);
      await prove(browser);
      const offs = [];
      for (const method of ["email", "app"]) {
        offs.push((await browser.ask("DELETE", `/me/two-factor/${method}`)).status);
      }
      assert.deepEqual(offs, [204, 204]);
      const { json } = await browser.ask("GET", "/me/two-factor");
      assert.deepEqual([json.app, json.email, json.backupCodes], [null, null, null]);
      await world.takeMail("Codes by e-mail were turned off");
      await world.takeMail("Your authenticator app was turned off");
      const answer = await world.signIn(world.browser());
      assert.equal(told(answer), "200 none");
      return `204 204; the next sign-in: ${told(answer)}`;
    },
  },
  {
    name: "required by the account: the next sign-in sets a method up, and keeps one",
    run: async (world) => {
      await world.turnClock(10 * MINUTE_MS);
      await setRules(world, { required: { enabled: true } });
      const browser = world.browser();
      const answer = await world.signIn(browser);
      assert.equal(told(answer), "200 set-up-second-factor");
      const refused = await browser.ask("GET", "/me/sessions");
      assert.equal(told(refused), "403 second-factor-set-up-required");
      const done = await setUpApp(world, browser);
      assert.equal(told(done), "200 none");
      assert.equal(done.json.backupCodes.length, 10);
      assert.equal((await browser.ask("GET", "/me/sessions")).status, 200);
      await prove(browser);
      const kept = await browser.ask("DELETE", "/me/two-factor/app");
      assert.equal(told(kept), "409 second-factor-required-by-account");
      return `${told(answer)}, then ${told(done)}; turning it off: ${told(kept)}`;
    },
  },
  {
    name: "a lost phone: an administrator resets it, and the person hears of it",
    run: async (world) => {
      await setRules(world, { required: { enabled: false } });
      const reset = await world.must("DELETE", `/users/${world.userId}/two-factor`);
      assert.deepEqual(reset.removed, ["app"]);
      const text = await world.takeMail("Your two-factor authentication was reset");
      const answer = await world.signIn(world.browser());
      assert.equal(told(answer), "200 none");
      return `removed app; mailed: ${text.split("\n")[2]?.slice(0, 60)}…`;
    },
  },
];
