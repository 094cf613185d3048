// The pages that finish a sign-in, in the states that are looked at, for pictures and for axe.

import type { ConsolePage, PageWorld } from "./console-page.ts";
import { signIn } from "./open-visitor.ts";
import type { Visitor } from "./open-visitor.ts";
import { appField, wrongCode } from "./second-factor-sign-in.ts";
import { seedFactors, sendCodes } from "./seed-factors.ts";
import type { SeededFactors } from "./seed-factors.ts";
import { addPerson } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";

const SEND = "POST /postern/api/v1/sign-in/second-factor";
const PAUSE_MS = 300_000;

type Owner = SeededFactors & { readonly person: Person };

let ownerCount = 0;

/** Somebody new each time, whom no wrong code has been counted for. */
async function addOwner(
  { portal }: PageWorld,
  account: "initech" | "hooli",
  ...methods: ("app" | "email")[]
): Promise<Owner> {
  for (const [code, name, twoFactor] of ACCOUNTS) {
    const { status } = await portal.api("POST", "/api/v1/accounts", { code, name });
    if (status >= 300) continue;
    const rule = `/api/v1/identity-policies/two-factor?account=${code}`;
    await portal.must("PUT", rule, { value: twoFactor });
  }
  ownerCount += 1;
  const person = await addPerson(portal, { name: `Ida${ownerCount} Rhodes`, account });
  if (methods.length === 0) return { person, app: null, backupCodes: [] };
  return { person, ...(await seedFactors(portal, person, methods)) };
}

const ACCOUNTS = [
  ["initech", "Initech", { frequency: "14-days-skip", required: { enabled: false } }],
  ["hooli", "Hooli", { frequency: "every-login", required: { enabled: true } }],
] as const;

async function signInAs({ page }: Visitor, { person }: Owner, heading: string): Promise<void> {
  await signIn(page, person);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

const ASKED = "Confirm that it is you";
const at = { path: "/sign-in", as: null, heading: "Sign in" } as const;

export const SECOND_FACTOR_PAGES: readonly ConsolePage[] = [
  {
    ...at,
    name: "second-factor-app",
    act: async (visitor, world) => {
      await signInAs(visitor, await addOwner(world, "initech", "app", "email"), ASKED);
      await visitor.page.getByText("Trust this browser for 14 days").waitFor();
    },
  },
  {
    ...at,
    name: "second-factor-wrong",
    refusals: [`403 ${SEND}`],
    act: async (visitor, world) => {
      const owner = await addOwner(world, "initech", "app");
      await signInAs(visitor, owner, ASKED);
      await appField(visitor.page).fill(wrongCode(world.portal, owner));
      await visitor.page.getByText(/4 more tries/).waitFor();
    },
  },
  {
    ...at,
    name: "second-factor-email",
    act: async (visitor, world) => {
      await signInAs(visitor, await addOwner(world, "initech", "email"), ASKED);
      await visitor.page.getByText(/A code was sent to/).waitFor();
    },
  },
  {
    ...at,
    name: "second-factor-paused",
    act: async (visitor, world) => {
      const owner = await addOwner(world, "initech", "app", "email");
      const wrong = wrongCode(world.portal, owner);
      await sendCodes(world.portal, owner.person, [wrong, wrong, wrong]);
      await signInAs(visitor, owner, ASKED);
      await visitor.page.getByText("Please try again in five minutes.").waitFor();
    },
  },
  {
    ...at,
    name: "second-factor-locked",
    act: async (visitor, world) => {
      const owner = await addOwner(world, "initech", "app");
      const { portal } = world;
      for (const count of [3, 1, 1]) {
        const wrong = wrongCode(portal, owner);
        await sendCodes(
          portal,
          owner.person,
          Array.from({ length: count }, () => wrong),
        );
        portal.advance(PAUSE_MS);
      }
      await signInAs(visitor, owner, "Codes are locked");
    },
  },
  {
    ...at,
    name: "second-factor-backup-code",
    act: async (visitor, world) => {
      await signInAs(visitor, await addOwner(world, "initech", "app"), ASKED);
      await visitor.page.getByRole("button", { name: "Use a backup code" }).click();
      await visitor.page.getByLabel("Backup code").waitFor();
    },
  },
  {
    ...at,
    name: "set-up-second-factor",
    act: async (visitor, world) => {
      await signInAs(visitor, await addOwner(world, "hooli"), "Set up a second factor");
      // Away from the button that came to stand under it.
      await visitor.page.mouse.move(0, 0);
    },
  },
  {
    name: "locked-codes",
    path: "/locked?why=codes-locked",
    as: null,
    heading: "Codes are locked",
  },
];
