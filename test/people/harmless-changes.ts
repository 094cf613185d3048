// Changes of the rules that look as if they shut out whoever makes them, and do not.
import {
  AUTHENTICATION,
  COUNTRY,
  entry,
  HERE,
  identity,
  limit,
  MODE,
  NOT_GB,
  section,
} from "./lockout-ways.ts";
import type { LockoutWay } from "./lockout-ways.ts";

export type HarmlessChange = Pick<LockoutWay, "name" | "by" | "ask">;

export const HARMLESS_CHANGES: readonly HarmlessChange[] = [
  { name: "a neighbour's address", ask: () => entry("81.2.69.11") },
  { name: "an IPv6 block, from an IPv4 address", ask: () => entry("2a01:4f8::/64") },
  { name: "another /64", by: "operator6", ask: () => entry("2a01:4f8:0:1::/64") },
  {
    name: "a block around an allowed address",
    ask: async ({ addEntry }) => {
      await addEntry(`allow ${HERE.operator}`);
      return entry("81.2.0.0/16");
    },
  },
  {
    name: "one's own address while lists only monitor",
    ask: async ({ must }) => {
      await must("PUT", "/api/v1/policy/address-lists", MODE("monitor"));
      return entry(HERE.operator);
    },
  },
  {
    name: "an import of others",
    ask: () => ({
      method: "POST",
      path: "/api/v1/entries/import?action=deny",
      body: { range: "81.2.70.0/24" },
      type: "application/x-ndjson",
    }),
  },
  {
    name: "one of two allow entries deleted",
    ask: async ({ addEntry, must }) => {
      const id = await addEntry(`allow ${HERE.operator}`);
      await addEntry("allow 81.2.69.0/24");
      await must("PUT", "/api/v1/policy/country", { value: NOT_GB });
      return { method: "DELETE", path: `/api/v1/entries/${id}` };
    },
  },
  {
    name: "another country",
    ask: () => section("country", { ...COUNTRY, countries: { JP: "deny" } }),
  },
  {
    name: "one's own country, monitored",
    ask: () => section("country", { ...NOT_GB, mode: "monitor" }),
  },
  {
    name: "private addresses, from abroad",
    ask: () => section("country", { ...COUNTRY, private: "deny" }),
  },
  {
    name: "one's own country beside an allow entry that stays",
    ask: async ({ addEntry }) => {
      await addEntry("allow 81.2.69.0/24");
      return section("country", NOT_GB);
    },
  },
  { name: "a limit above one's own pace", ask: () => limit(5000, { requestMaxSeconds: 3600 }) },
  { name: "a limit that only monitors", ask: () => limit(1, { mode: "monitor" }) },
  {
    name: "routes of another host",
    ask: async ({ addEntry }) => {
      await addEntry(`deny ${HERE.operator}`, { account: "acme" });
      const route = { host: "acme.example.com", pathPrefix: "/", surface: "portal" };
      return section("routes", { routes: [{ ...route, account: "acme" }] });
    },
  },
  {
    name: "an account's layer, by an operator who is not of it",
    ask: () => entry(HERE.operator, { account: "acme" }),
  },
  {
    name: "an operator's address, by a program, while another gets in",
    by: "token",
    ask: () => entry("81.2.69.0/24"),
  },
  {
    name: "a whitelist with oneself on it",
    by: "admin",
    ask: () => ({
      method: "PUT",
      path: "/api/v1/audio-download?account=acme",
      body: {
        value: { mode: "ip-whitelist", whitelist: ["81.2.69.0/24"], onlyShareable: false },
      },
    }),
  },
  { name: "the shortest log-out", ask: () => identity("log-out", { enabled: true, minutes: 15 }) },
  {
    name: "passwords that expire",
    ask: () =>
      identity("user-authentication", { ...AUTHENTICATION, expiry: { enabled: true, days: 1 } }),
  },
  {
    name: "people who stay away for a month",
    ask: () =>
      identity("user-authentication", {
        ...AUTHENTICATION,
        dormancy: { enabled: true, months: 1 },
      }),
  },
];
