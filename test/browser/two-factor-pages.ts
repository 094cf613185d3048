// User settings, Two-factor, in the states that are looked at, for pictures and for axe.

import type { ConsolePage, PageWorld } from "./console-page.ts";
import type { Visitor } from "./open-visitor.ts";
import { card, dialog, giveApp, linkApp, mustPost, openTwoFactor } from "./second-factor-steps.ts";
import { proveByPassword, TIME_STEP_MS, typeCode } from "./second-factor-steps.ts";
import { seedFactors, sendCodes } from "./seed-factors.ts";
import { addPerson } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";

const NAMES = (
  "Anna Berta Clara Dora Emma Frida Gerda Hanna Irma Jutta " +
  "Karla Lotte Marta Nelly Olga Paula Rosa Selma Tilda Vera"
).split(" ");

let namesTaken = 0;

/** Somebody new each time, who has no second factor yet. */
async function addOwner({ portal }: PageWorld): Promise<Person> {
  const name = NAMES[namesTaken % NAMES.length];
  namesTaken += 1;
  const rule = "/api/v1/identity-policies/two-factor?account=globex";
  const value = { frequency: "14-days-skip", required: { enabled: false } };
  await portal.must("PUT", rule, { value });
  return addPerson(portal, { name: `${name} Rhodes`, account: "globex" });
}

async function openAsOwner(visitor: Visitor, world: PageWorld): Promise<Person> {
  const owner = await addOwner(world);
  const { email, password } = owner;
  await mustPost(visitor.context, "/sign-in", { email, password });
  await openTwoFactor(visitor);
  return owner;
}

async function askForProof({ page }: Visitor): Promise<void> {
  await card(page, "Authenticator app").getByRole("button").first().click();
  await dialog(page, "Show that it is you").getByLabel("Password", { exact: true }).waitFor();
}

const at = { path: "/sign-in", as: null, heading: "Sign in" } as const;
const WRONG_CODES_MAX = 3;
/** So long that the proof is asked for again. */
const WAIT_MS = 660_000;

export const TWO_FACTOR_PAGES: readonly ConsolePage[] = [
  {
    name: "two-factor",
    path: "/settings/two-factor",
    as: "joan",
    heading: "Two-factor",
    shows: "No browser is trusted",
  },
  {
    ...at,
    name: "two-factor-on",
    act: async (visitor, world) => {
      const { portal } = world;
      const owner = await openAsOwner(visitor, world);
      const { app, codes } = await giveApp(visitor, owner, portal);
      for (const code of codes.slice(0, 8)) {
        await mustPost(visitor.context, "/me/proof", { method: "backup-code", code });
      }
      const { email, password } = owner;
      await mustPost(visitor.context, "/sign-in", { email, password });
      portal.advance(TIME_STEP_MS);
      const body = { method: "app", code: app.codeAt(portal.nowMs()), trustBrowser: true };
      await mustPost(visitor.context, "/sign-in/second-factor", body);
      await visitor.context.clock.setFixedTime(portal.nowMs());
      await openTwoFactor(visitor);
      await card(visitor.page, "Trusted browsers").getByText("this one").waitFor();
    },
  },
  {
    ...at,
    name: "two-factor-proof",
    act: async (visitor, world) => {
      await giveApp(visitor, await openAsOwner(visitor, world), world.portal);
      world.portal.advance(WAIT_MS);
      await visitor.context.clock.setFixedTime(world.portal.nowMs());
      await openTwoFactor(visitor);
      await askForProof(visitor);
    },
  },
  {
    ...at,
    name: "two-factor-link-app",
    act: async (visitor, world) => {
      const owner = await openAsOwner(visitor, world);
      await askForProof(visitor);
      await proveByPassword(visitor.page, owner);
      await visitor.page.getByRole("img", { name: /QR code/ }).waitFor();
    },
  },
  {
    ...at,
    name: "two-factor-mailed-code",
    act: async (visitor, world) => {
      const owner = await openAsOwner(visitor, world);
      const { page } = visitor;
      await card(page, "E-mail authentication").getByRole("button", { name: "Set up" }).click();
      await proveByPassword(page, owner);
      await dialog(page, "Enter the Authentication Code").getByLabel("Code").waitFor();
    },
  },
  {
    ...at,
    name: "two-factor-backup-codes",
    act: async (visitor, world) => {
      const owner = await openAsOwner(visitor, world);
      const { page } = visitor;
      await askForProof(visitor);
      await proveByPassword(page, owner);
      const app = await linkApp(page);
      await typeCode(page, app.codeAt(world.portal.nowMs()));
      await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
      await page.getByText("They cannot be shown again.").waitFor();
    },
  },
  {
    ...at,
    name: "two-factor-paused",
    act: async (visitor, world) => {
      const { portal } = world;
      const owner = await openAsOwner(visitor, world);
      const { app } = await giveApp(visitor, owner, portal);
      const right = app.codeAt(portal.nowMs());
      const wrong = String((Number(right) + 111_111) % 1_000_000).padStart(6, "0");
      await sendCodes(
        portal,
        owner,
        Array.from({ length: WRONG_CODES_MAX }, () => wrong),
      );
      await openTwoFactor(visitor);
      await visitor.page.getByText("Please try again in five minutes.").waitFor();
    },
  },
  {
    name: "user-two-factor",
    path: async (world) => {
      const owner = await addOwner(world);
      await seedFactors(world.portal, owner, ["app"]);
      return `/users/${owner.id}`;
    },
    as: "grace",
    heading: /Rhodes/,
    shows: "Reset two-factor",
  },
];
