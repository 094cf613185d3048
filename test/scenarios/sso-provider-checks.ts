// What an operator does: adds providers, tests them, and is told what is wrong with one.

import assert from "node:assert/strict";
import { STAND_IN_TENANTS } from "../../src/cli/demo/stand-in-person.ts";
import { freePort } from "./free-port.ts";
import type { SsoCheck } from "./sso-checks.ts";
import type { SsoWorld } from "./sso-world.ts";

const WRONG_SECRET = "not-the-secret-of-this-client";

export const PROVIDER_CHECKS: readonly SsoCheck[] = [
  {
    name: "Google is added off, and nobody sees a button",
    run: async (world) => {
      const { clientId, clientSecret, redirectUris } = world.providers.google;
      const added = await world.cli(`sso add google google --client-id ${clientId}`, clientSecret);
      assert.equal(added.code, 0, added.err);
      assert.match(added.out, /Provider google is there, and off\./);
      assert.ok(added.out.includes(`redirect URI: ${redirectUris[0]}`), added.out);
      assert.deepEqual(await buttonsOf(world), []);
      return added.out.trimEnd();
    },
  },
  {
    name: "a test of it finds everything in order, and its button comes",
    run: async (world) => {
      const tested = await world.cli("sso test google");
      assert.equal(tested.code, 0, tested.err);
      const results = tested.out.match(/^\S+ +(?:\w+)/gm)?.map((line) => line.split(/ +/));
      assert.deepEqual(results, [
        ["passed", "settings"],
        ["passed", "metadata"],
        ["passed", "keys"],
        ["passed", "authorization"],
        ["passed", "secret"],
      ]);
      await turnOn(world, "google");
      assert.deepEqual(await buttonsOf(world), ["Google"]);
      return tested.out.trimEnd();
    },
  },
  {
    name: "a wrong secret is found by the test, and tells the person whose sign-in it breaks",
    run: async (world) => {
      const set = (secret: string) => world.cli("sso set google --secret-file -", secret);
      assert.equal((await set(WRONG_SECRET)).code, 0);
      const tested = await world.cli("sso test google");
      assert.equal(tested.code, 1);
      assert.match(tested.out, /^FAILED +secret/m);
      assert.ok(!tested.out.includes(WRONG_SECRET));
      const refused = await world.signInBy(world.browser(), "google", {
        address: "ada@example.com",
      });
      assert.equal(refused, "/postern/sign-in?fault=provider-refused&provider=google");
      const { clientSecret } = world.providers.google;
      assert.equal((await set(clientSecret)).code, 0);
      assert.equal((await world.cli("sso test google")).code, 0);
      return `${tested.out.trimEnd()}\n${refused}`;
    },
  },
  {
    name: "a provider that is not there, or in a private network, is explained",
    run: async (world) => {
      const port = await freePort();
      const add = (code: string, words: string) =>
        world.cli(`sso add oidc ${code} --name House --client-id x ${words}`, "a-secret");
      const refused = await add("house", `--issuer http://127.0.0.1:${port}`);
      assert.notEqual(refused.code, 0);
      const issuer = `--issuer http://127.0.0.1:${port} --private-hosts 127.0.0.1`;
      const added = await add("house", issuer);
      assert.equal(added.code, 0, added.err);
      const tested = await world.cli("sso test house");
      assert.equal(tested.code, 1);
      assert.match(tested.out, /^FAILED +metadata/m);
      assert.equal((await world.cli("sso remove house --confirm house")).code, 0);
      return `${refused.err.trimEnd()}\n${tested.out.trimEnd()}`;
    },
  },
  {
    name: "Microsoft is added for one tenant of the common address",
    run: async (world) => {
      const { clientId, clientSecret } = world.providers.microsoft;
      const { id } = STAND_IN_TENANTS.contoso;
      const words = `sso add microsoft microsoft --tenant common --tenants ${id}`;
      const added = await world.cli(`${words} --client-id ${clientId}`, clientSecret);
      assert.equal(added.code, 0, added.err);
      const tested = await world.cli("sso test microsoft");
      assert.equal(tested.code, 0, tested.out);
      await turnOn(world, "microsoft");
      assert.deepEqual(await buttonsOf(world), ["Google", "Microsoft"]);
      return tested.out.trimEnd();
    },
  },
];

async function turnOn(world: SsoWorld, provider: string): Promise<void> {
  assert.equal((await world.cli(`sso on ${provider}`)).code, 0);
}

async function buttonsOf(world: SsoWorld): Promise<readonly string[]> {
  const { json } = await world.browser().ask("GET", "/sign-in-page");
  return json.providers.map(({ name }: { readonly name: string }) => name);
}
