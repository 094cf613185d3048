// What people do with second factors, step by step, for the checks of the scenario.

import assert from "node:assert/strict";
import { PERSON } from "./factor-world.ts";
import type { FactorAnswer, FactorBrowser, FactorWorld } from "./factor-world.ts";

/** Each begins where the one before it left off. */
export type FactorCheck = {
  readonly name: string;
  /** Says what was seen; throws when it is not what must be. */
  readonly run: (world: FactorWorld) => Promise<string>;
};

/** What an answer comes to: `200 second-factor`, `403 code-wrong`. */
export function told({ status, json }: FactorAnswer): string {
  return `${status} ${json?.code ?? json?.next ?? ""}`.trim();
}

/** A browser whose sign-in waits for the second factor. */
export async function half(world: FactorWorld): Promise<FactorBrowser> {
  const browser = world.browser();
  assert.equal(told(await world.signIn(browser)), "200 second-factor");
  return browser;
}

export async function prove(browser: FactorBrowser): Promise<void> {
  const body = { method: "password", password: PERSON.password };
  assert.equal((await browser.ask("POST", "/me/proof", body)).status, 200);
}

export async function signInByApp(world: FactorWorld): Promise<FactorBrowser> {
  const browser = await half(world);
  const body = { method: "app", code: await world.phone() };
  assert.equal(told(await browser.ask("POST", "/sign-in/second-factor", body)), "200 none");
  return browser;
}

/** From the page in User settings; gives the answer to the right code. */
export async function setUpApp(world: FactorWorld, browser: FactorBrowser): Promise<FactorAnswer> {
  const shown = await browser.ask("POST", "/me/two-factor/app");
  assert.equal(shown.status, 200);
  assert.match(shown.json.uri, /^otpauth:\/\/totp\//);
  world.scan(shown.json.secret);
  return browser.ask("POST", "/me/two-factor/app/confirm", { code: await world.phone() });
}

export async function setRules(
  world: FactorWorld,
  rules: Readonly<Record<string, unknown>>,
): Promise<void> {
  const path = "/identity-policies/two-factor?account=acme";
  const { value } = await world.must("GET", path);
  await world.must("PUT", path, { value: { ...value, ...rules } });
}
