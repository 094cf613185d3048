// `postern sso`, as typed, against the whole server and a provider that misbehaves.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startGate } from "../attacks/start-gate.ts";
import type { RunningGate } from "../attacks/start-gate.ts";
import { startMisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import type { Behaviour, MisbehavingProvider } from "../open-id/misbehaving-provider.ts";
import { runCommand } from "./run-command.ts";

const ORIGIN = "https://portal.example.com";
const REDIRECT_URI = `${ORIGIN}/postern/sso/keycloak/callback`;
const dataDir = mkdtempSync(join(tmpdir(), "postern-sso-"));
const secretFile = join(dataDir, "secret.txt");
let gate: RunningGate;
let provider: MisbehavingProvider;
beforeAll(async () => {
  provider = await startMisbehavingProvider();
  writeFileSync(secretFile, `${provider.clientSecret}\n`);
  gate = await startGate({ dataDir, env: { PUBLIC_URL: ORIGIN } });
  await gate.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme" });
});
afterAll(async () => {
  await gate.stop();
  await provider.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** `line` is split at spaces. */
function run(line: string, stdin = "") {
  return runCommand(dataDir, line.split(" "), stdin);
}

it("adds a provider, tests it, turns it on and removes it", async () => {
  expect((await run("sso list")).out).toBe(
    `There are no providers. The redirect URI will be ${ORIGIN}/postern/sso/{code}/callback\n`,
  );
  const add = `sso add oidc keycloak --issuer ${provider.issuer} --client-id postern`;
  const refused = await run(`${add} --name Keycloak --secret-file ${secretFile}`);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("/issuer An issuer")]);
  const more = `--name Keycloak --private-hosts 127.0.0.1 --secret-file ${secretFile}`;
  const added = await run(`${add} ${more}`);
  expect(added).toEqual({
    code: 0,
    out:
      "Provider keycloak is there, and off.\n" +
      `Enter at the provider as redirect URI: ${REDIRECT_URI}\n`,
    err: "Then: postern sso test keycloak && postern sso on keycloak\n",
  });
  const tested = await run("sso test keycloak");
  expect([tested.code, tested.err]).toEqual([0, ""]);
  expect(tested.out.split("\n").map((line) => line.slice(0, 24).trimEnd())).toEqual([
    "warned    settings",
    "",
    "passed    metadata",
    "passed    keys",
    "passed    authorization",
    "passed    secret",
    "",
  ]);
  expect((await run("sso on keycloak")).out).toBe("Provider keycloak is on.\n");
  const listed = await run("sso list");
  expect(listed.out.split("\n")[1]).toBe(`keycloak  oidc  Keycloak  yes  0      ${REDIRECT_URI}`);
  const shown = await run("sso show keycloak");
  expect(shown.out).toMatch(/^client secret +kept sealed$/m);
  expect(shown.out).toMatch(/^private hosts +127\.0\.0\.1$/m);
  const shownJson = await run("sso show keycloak --json");
  expect(JSON.parse(shownJson.out)).toMatchObject({ id: "keycloak", version: 2, hasSecret: true });
  expect(JSON.stringify([added, tested, listed, shown, shownJson])).not.toContain(
    provider.clientSecret,
  );
});

it("takes the secret from standard input or a file, and says when it is wanted again", async () => {
  const entra = "sso add microsoft entra --account acme --tenant common --client-id 1";
  expect((await run(entra, "")).err).toContain("the client secret is empty");
  expect((await run(entra, "s3cret\r\n")).out).toContain(
    `${ORIGIN}/postern/sso/acme.entra/callback`,
  );
  const moved = await run("sso set acme.entra --tenant organizations");
  expect([moved.code, moved.err]).toEqual([
    1,
    expect.stringContaining("Enter the client secret again: with the tenant it goes elsewhere."),
  ]);
  const again = await run("sso set acme.entra --tenant organizations --secret-file -", "other");
  expect(again.out).toBe("Provider acme.entra is saved as version 2.\n");
  const more = await run("sso set acme.entra --signs-out yes --acrs phr,phrh --json");
  expect(JSON.parse(more.out)).toMatchObject({ signsOut: true, factorAcrs: ["phr", "phrh"] });
  const cleared = await run("sso set acme.entra --acrs= --json");
  expect(JSON.parse(cleared.out)).toMatchObject({ signsOut: true, factorAcrs: [] });
  expect(await run("sso set acme.entra")).toMatchObject({ code: 2 });
  expect(await run("sso add oidc other --client-id 1", "s")).toMatchObject({ code: 2 });
  expect(await run("sso add google --client-id 1", "s")).toMatchObject({ code: 2 });
  expect((await run("sso show nothing")).code).toBe(1);
  expect((await run("sso show acme.entra")).out).toMatch(/^with no other way in +0$/m);
  expect((await run("sso list --account acme")).out).toContain("acme.entra");

  const asked = await run("sso remove acme.entra");
  expect([asked.code, asked.err]).toEqual([
    1,
    expect.stringMatching(/connections of users: 0\. Repeat it as --confirm acme\.entra/),
  ]);
  const removed = await run("sso remove acme.entra --confirm acme.entra");
  expect(removed.out).toBe("Provider acme.entra is deleted.\n");
  expect((await run("sso list --account acme")).out).toContain("There are no providers.");
});

const BROKEN: readonly (readonly [Partial<Behaviour>, RegExp])[] = [
  [{ metadata: "down" }, /^FAILED +metadata +.*503/m],
  [{ metadata: "huge" }, /^FAILED +metadata +.*too much\.\n +Check the address/m],
  [{ metadataFields: { issuer: "https://other.example" } }, /^FAILED +metadata +.*other\.example/m],
  [{ keys: "empty" }, /^FAILED +keys +.*publishes no key/m],
  [
    { redirectUri: "https://x.example" },
    /^FAILED +authorization .*\n +Enter https:\/\/portal\.ex/m,
  ],
  [{ authorize: "refusing" }, /^FAILED +authorization .*does not know the client id/m],
];

it.each(BROKEN)("sso test says of %j what is wrong and what to do", async (behaviour, words) => {
  provider.behave(behaviour);
  const tested = await run("sso test keycloak");
  provider.behave();
  expect(tested.out).toMatch(words);
  expect(tested).toMatchObject({
    code: 1,
    err: "postern: people cannot sign in by keycloak as it is now\n",
  });
});

it("sso test finds a wrong secret, and one that no key opens", async () => {
  await run("sso set keycloak --secret-file -", "wrong");
  const wrong = await run("sso test keycloak --json");
  const { isGood, steps } = JSON.parse(wrong.out);
  expect([wrong.code, isGood]).toEqual([1, false]);
  expect(steps.filter(({ result }: { result: string }) => result === "failed")).toMatchObject([
    { step: "secret", message: expect.stringContaining("refused client id and secret") },
  ]);
  await gate.server.identity.parts.database.transaction((trx) =>
    trx.updateTable("identity_provider").set({ sealed_secret: null }).execute(),
  );
  const missing = await run("sso test keycloak");
  expect(missing.out.split("\n").slice(0, 3)).toEqual([
    "FAILED    settings       No client secret is kept.",
    expect.stringMatching(/^ {25}Enter the client secret/),
    expect.stringMatching(/^left out {2}metadata/),
  ]);
  expect((await run("sso show keycloak")).out).toMatch(/^client secret +MISSING$/m);
  await run("sso off keycloak");
  expect((await run("sso on keycloak")).err).toContain(
    "Enter the client secret: without it nobody",
  );
});
