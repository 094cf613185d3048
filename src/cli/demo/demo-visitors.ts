// The demo's visitors: ordinary people of many countries, and those whom the gate is there for.
import type { CountryCode } from "../../core/network/iso-3166.ts";
import { DENIED_COUNTRIES } from "./demo-policy.ts";
import type { DemoVisit } from "./create-demo-proxy.ts";
import { RIGHT_PASSWORD } from "./start-demo-portal.ts";
import { randomBelow } from "./visitor-addresses.ts";
import type { AddressBook } from "./visitor-addresses.ts";

/** One visitor: who, from where, and what is asked for, in order. */
export type DemoVisitor = {
  readonly role: DemoRole;
  readonly country: CountryCode;
  readonly address: string;
  readonly requests: readonly Omit<DemoVisit, "address">[];
  /** How many requests are under way at once. */
  readonly parallel: number;
};

export type DemoRole =
  | "ordinary"
  | "from a denied country"
  | "office abroad"
  | "on the deny list"
  | "scanner"
  | "password guesser"
  | "chat flooder"
  | "recordings hoarder";

/** More often those that stand more often. */
const ORDINARY_COUNTRIES = (
  "US US US US GB GB GB DE DE DE FR FR NL NL CA CA ES IT PL SE NO DK FI IE BE AT CH PT CZ " +
  "JP AU IN BR MX ZA KR SG AR RO GR UA TR IL AE TW HK KE NG EG CO VN PH ID MY TH"
).split(" ") as readonly CountryCode[];

const ORDINARY_PATHS = ["/", "/calls", "/calls/today", "/api/v1/calls", "/settings", "/reports"];

export function ordinaryVisitor(book: AddressBook): DemoVisitor | null {
  const country = anyOf(ORDINARY_COUNTRIES);
  const family = randomBelow(5) === 0 ? 6 : 4;
  const pages = Array.from({ length: 1 + randomBelow(4) }, () => ({ path: anyOf(ORDINARY_PATHS) }));
  const signIn = { path: "/login", method: "POST", body: `password=${RIGHT_PASSWORD}` } as const;
  const chat = { path: "/chat/messages", method: "POST", body: "hello" } as const;
  const requests = [
    signIn,
    ...pages,
    ...(randomBelow(3) === 0 ? [chat, chat] : []),
    ...(randomBelow(3) === 0 ? [{ path: recording() }] : []),
  ];
  return visitor(book, { role: "ordinary", country, family, requests });
}

export function deniedCountryVisitor(book: AddressBook): DemoVisitor | null {
  const requests = [{ path: "/" }, { path: "/login" }];
  return visitor(book, {
    role: "from a denied country",
    country: anyOf(DENIED_COUNTRIES),
    requests,
  });
}

export function scanner(book: AddressBook): DemoVisitor | null {
  const requests = Array.from({ length: 640 }, (_, index) => ({ path: `/admin/${index}.php` }));
  return visitor(book, { role: "scanner", country: "US", requests, parallel: 8 });
}

export function passwordGuesser(book: AddressBook): DemoVisitor | null {
  const requests = Array.from({ length: 14 }, (_, index) => ({
    path: "/login",
    method: "POST" as const,
    body: `password=letmein${index}`,
  }));
  return visitor(book, { role: "password guesser", country: "NL", requests });
}

export function chatFlooder(book: AddressBook): DemoVisitor | null {
  const request = { path: "/chat/messages", method: "POST", body: "buy now" } as const;
  const requests = Array.from({ length: 110 }, () => request);
  return visitor(book, { role: "chat flooder", country: "BR", requests, parallel: 4 });
}

export function recordingsHoarder(book: AddressBook): DemoVisitor | null {
  const requests = Array.from({ length: 55 }, () => ({ path: recording() }));
  return visitor(book, { role: "recordings hoarder", country: "GB", requests });
}

/** At an address that an entry names. */
export function namedVisitor(
  role: "office abroad" | "on the deny list",
  country: CountryCode,
  address: string,
): DemoVisitor {
  const requests = [{ path: "/" }, { path: "/calls" }, { path: "/api/v1/calls" }];
  return { role, country, address, requests, parallel: 1 };
}

function visitor(
  book: AddressBook,
  wanted: Omit<DemoVisitor, "address" | "parallel"> & {
    readonly family?: 4 | 6;
    readonly parallel?: number;
  },
): DemoVisitor | null {
  const { role, country, requests, parallel = 1 } = wanted;
  const address = book.addressIn(country, wanted.family) ?? book.addressIn(country);
  return address === null ? null : { role, country, address, requests, parallel };
}

function recording(): string {
  return `/recordings/${randomBelow(2 ** 48).toString(36)}.mp3`;
}

function anyOf<Item>(items: readonly Item[]): Item {
  return items[randomBelow(items.length)]!;
}
