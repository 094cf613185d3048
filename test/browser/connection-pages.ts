// What people see of single sign-on, in the states that are looked at, for pictures and for axe.

import type { ConsolePage, PageWorld } from "./console-page.ts";
import type { Visitor } from "./open-visitor.ts";
import { mustPost } from "./second-factor-steps.ts";
import {
  seedBind,
  seedConnections,
  seedOnlyConnection,
  seedProviders,
  turnProvider,
} from "./seed-connections.ts";
import type { SeededConnection } from "./seed-connections.ts";
import { addPerson } from "./seed-people.ts";
import type { Person } from "./seed-people.ts";

const GOOGLE: SeededConnection = { provider: "google", accountShown: "ada.lovelace@gmail.com" };
const HARBOUR: SeededConnection = { provider: "harbour", accountShown: "ada@harbour.example.com" };

let ownerCount = 0;

/** Somebody new each time, who is signed in here with a password. */
async function addOwner({ context }: Visitor, { portal }: PageWorld): Promise<Person> {
  await seedProviders(portal);
  ownerCount += 1;
  const owner = await addPerson(portal, { name: `Ann${ownerCount} Mitchell`, account: "globex" });
  const { email, password } = owner;
  await mustPost(context, "/sign-in", { email, password });
  return owner;
}

async function open({ page, goTo }: Visitor, path: string, text: string | RegExp): Promise<void> {
  await goTo(path);
  await page.getByText(text).first().waitFor();
}

const at = { path: "/sign-in", as: null, heading: "Sign in" } as const;
const SETTINGS = "/settings/single-sign-on";

async function withProviders({ portal }: PageWorld, path: string): Promise<string> {
  await seedProviders(portal);
  return path;
}

export const CONNECTION_PAGES: readonly ConsolePage[] = [
  {
    name: "connections-empty",
    path: SETTINGS,
    as: "joan",
    heading: "Single sign-on",
    shows: "There is nothing to connect with yet",
  },
  {
    ...at,
    name: "sign-in-providers",
    path: (world) => withProviders(world, "/sign-in"),
    shows: "Continue with Harbour ID",
  },
  {
    ...at,
    name: "sign-in-fault",
    path: (world) => withProviders(world, "/sign-in?fault=sign-in-refused&provider=microsoft"),
    shows: "You cannot sign in at present",
  },
  {
    ...at,
    name: "bind",
    act: async (visitor, { portal }) => {
      await seedProviders(portal);
      await seedBind(visitor, portal, GOOGLE);
      await open(visitor, "/bind", "ada.lovelace@gmail.com");
    },
  },
  {
    name: "bind-ended",
    path: (world) => withProviders(world, "/bind"),
    as: null,
    heading: "Begin again",
    shows: "Continue with Google",
    refusals: ["404 GET /postern/api/v1/sign-in/bind"],
  },
  {
    ...at,
    name: "connections",
    act: async (visitor, world) => {
      const owner = await addOwner(visitor, world);
      await seedConnections(world.portal, owner, [GOOGLE]);
      await open(visitor, `${SETTINGS}?connected=google`, "Google is connected");
    },
  },
  {
    ...at,
    name: "connections-fault",
    act: async (visitor, world) => {
      await addOwner(visitor, world);
      await open(
        visitor,
        `${SETTINGS}?fault=connection-taken&provider=microsoft`,
        "That account is connected with somebody else",
      );
    },
  },
  {
    ...at,
    name: "connections-last-way-in",
    act: async (visitor, world) => {
      const { portal } = world;
      const owner = await addOwner(visitor, world);
      await seedOnlyConnection(portal, owner, GOOGLE);
      await seedConnections(portal, owner, [HARBOUR]);
      await turnProvider(portal, "harbour", false);
      await open(visitor, SETTINGS, "it is your only way in");
      await turnProvider(portal, "harbour", true);
    },
  },
  {
    ...at,
    name: "connections-disconnect",
    act: async (visitor, world) => {
      const owner = await addOwner(visitor, world);
      await seedConnections(world.portal, owner, [GOOGLE]);
      await open(visitor, SETTINGS, "ada.lovelace@gmail.com");
      await visitor.page.getByRole("button", { name: /^Disconnect Google/ }).click();
      await visitor.page.getByRole("dialog").getByText("You can connect it again").waitFor();
    },
  },
  {
    ...at,
    name: "password-removable",
    act: async (visitor, world) => {
      const owner = await addOwner(visitor, world);
      await seedConnections(world.portal, owner, [GOOGLE]);
      await open(visitor, "/settings/password", "Remove your password");
    },
  },
  {
    ...at,
    name: "password-none",
    act: async (visitor, world) => {
      const owner = await addOwner(visitor, world);
      await seedOnlyConnection(world.portal, owner, GOOGLE);
      await open(visitor, "/settings/password", "You have no password");
    },
  },
  {
    name: "user-connections",
    path: async ({ portal }) => {
      await seedProviders(portal);
      ownerCount += 1;
      const name = `Ann${ownerCount} Mitchell`;
      const owner = await addPerson(portal, { name, account: "globex" });
      await seedConnections(portal, owner, [GOOGLE, HARBOUR]);
      return `/users/${owner.id}`;
    },
    as: "grace",
    heading: /Mitchell/,
    shows: "ada.lovelace@gmail.com",
  },
];
