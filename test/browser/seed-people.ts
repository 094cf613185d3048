// Fills a portal with two accounts, their people and tracking numbers, through its API.

import type { RunningGate } from "../attacks/start-gate.ts";
import { choosePassword, PASSWORD } from "../people/start-people.ts";

export type Person = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly password: string;
};

export type SeededPeople = {
  /** An operator. */
  readonly grace: Person;
  /** Admin of acme. */
  readonly ada: Person;
  /** Agent of acme, granted its first number. */
  readonly joan: Person;
  /** Agent of globex. */
  readonly mary: Person;
  /** Agent of acme, locked out; in `seedEverybody` only. */
  readonly nora?: Person;
  /** Numbers of acme, then those of globex. */
  readonly numbers: readonly SeededNumber[];
};

export type SeededNumber = { readonly id: string; readonly number: string };

type Door = Pick<RunningGate, "must">;

const ACCOUNTS = [
  { code: "acme", name: "Acme Dental" },
  { code: "globex", name: "Globex Travel" },
];

const NUMBERS = [
  { account: "acme", number: "+61255501234", label: "Front desk" },
  { account: "acme", number: "+61255501235", label: "Radio campaign" },
  { account: "globex", number: "+442079460123", label: "Bookings" },
];

/** An operator and nothing else. */
export async function seedOperator(portal: Door): Promise<Person> {
  return addPerson(portal, { name: "Grace Hopper", isOperator: true });
}

export async function seedPeople(portal: Door): Promise<SeededPeople> {
  for (const account of ACCOUNTS) await portal.must("POST", "/api/v1/accounts", account);
  const people = {
    grace: await seedOperator(portal),
    ada: await addPerson(portal, { name: "Ada Lovelace", account: "acme", role: "admin" }),
    joan: await addPerson(portal, { name: "Joan Clarke", account: "acme" }),
    mary: await addPerson(portal, { name: "Mary Jackson", account: "globex" }),
  };
  const numbers: SeededNumber[] = [];
  for (const number of NUMBERS) {
    numbers.push(await portal.must("POST", "/api/v1/tracking-numbers", number));
  }
  const [frontDesk] = numbers;
  await portal.must("PUT", `/api/v1/tracking-numbers/${frontDesk!.id}/grants/${people.joan.id}`);
  return { ...people, numbers };
}

/** Those, somebody who is locked out, and somebody who was invited. */
export async function seedEverybody(
  portal: Door & { readonly origin: string },
): Promise<SeededPeople> {
  const people = await seedPeople(portal);
  const nora = await addPerson(portal, { name: "Nora Barnacle", account: "acme" });
  await lockOut(portal.origin, nora);
  await portal.must("POST", "/api/v1/users", {
    email: "edith@example.com",
    name: "Edith Clarke",
    memberships: [{ account: "globex", role: "admin" }],
  });
  return { ...people, nora };
}

export type NewPerson = {
  /** The first of its words is also the local part of the e-mail address. */
  readonly name: string;
  readonly isOperator?: boolean;
  readonly account?: string;
  readonly role?: "admin" | "agent";
};

/** A user who has chosen a password by a link, as people do. */
export async function addPerson(portal: Door, person: NewPerson): Promise<Person> {
  const { name, isOperator = false, account, role = "agent" } = person;
  const word = name.split(" ", 1)[0]!.toLowerCase();
  const email = `${word}@example.com`;
  const memberships = account === undefined ? [] : [{ account, role }];
  const body = { email, name, isOperator, memberships, invite: false };
  const { id } = await portal.must("POST", "/api/v1/users", body);
  await choosePassword(portal, id, PASSWORD);
  return { id, email, name, password: PASSWORD };
}

/** Tries wrong passwords from an address of its own until the user is locked. */
export async function lockOut(origin: string, { email }: Pick<Person, "email">): Promise<void> {
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    const answer = await fetch(`${origin}/postern/api/v1/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": `133.11.0.${attempt}` },
      body: JSON.stringify({ email, password: `not the password, ${attempt}` }),
    });
    if (answer.status !== 401) throw new Error(`attempt ${attempt}: ${answer.status}`);
  }
}
