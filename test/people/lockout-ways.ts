// The ways in which people shut themselves out by a change of the rules, and changes that are none.
import { POLICY_FILE_TYPE } from "../../src/api/policy-file-api.ts";
import { IDENTITY_POLICY_DEFAULT } from "../../src/core/identity/identity-policy.ts";
import { PLATFORM_POLICY_DEFAULT } from "../../src/core/network/network-policy.ts";
import type { CountryRule } from "../../src/core/network/network-policy.ts";
import type { ApiAnswer } from "../attacks/start-gate.ts";
import type { TestBrowser } from "./start-people.ts";

export const HERE = {
  /** In Great Britain, as the small world of the tests has it. */
  operator: "81.2.69.10",
  operator6: "2a01:4f8::10",
  private: "10.9.8.7",
  admin: "81.2.69.20",
  token: "5.9.0.5",
} as const;

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** JSON where none is named. */
  readonly type?: string;
};

export type WayWorld = {
  /** As the host's shell; gives the body. */
  readonly must: (method: string, path: string, body?: unknown) => Promise<ApiAnswer["json"]>;
  /** Has the number of one entry of the platform added. */
  readonly addEntry: (text: string, more?: Readonly<Record<string, unknown>>) => Promise<number>;
  readonly by: Readonly<Record<"operator" | "operator6" | "private" | "admin", TestBrowser>>;
};

export type LockoutWay = {
  readonly name: string;
  /** `operator` at home where nobody is named. */
  readonly by?: "operator6" | "private" | "admin" | "token" | "shell";
  /** Made as the host's shell; what it gives is asked. */
  readonly ask: (world: WayWorld) => Promise<Asked> | Asked;
  readonly refused: {
    readonly who?: "operators";
    readonly surface?: string;
    readonly account?: string;
    readonly address?: string | null;
    readonly reason: string;
    readonly remedy: object;
  };
};

export const COUNTRY: CountryRule = {
  mode: "enforce",
  defaultAction: "allow",
  countries: {},
  unknown: "allow",
  private: "allow",
};
export const NOT_GB = { ...COUNTRY, countries: { GB: "deny" } } as const;
export const MODE = (mode: string) => ({ value: { mode } });
const LIMITS = PLATFORM_POLICY_DEFAULT["rate-limits"];
export const AUTHENTICATION = IDENTITY_POLICY_DEFAULT.userAuthentication;

const allow = (range: string, account: string | null = null) => {
  return { code: "allow-address", range, account };
};
const HOME = allow(HERE.operator);
const DENIED = { reason: "on-deny-list", remedy: HOME };
const ABROAD = { reason: "country-denied", remedy: HOME };
/** An entry of that very range is on the list, or would be: it cannot be allowed beside it. */
const OTHERWISE = { code: "set-otherwise" } as const;
const DENIED_ITSELF = { reason: "on-deny-list", remedy: OTHERWISE };
const ABROAD_LISTED = { reason: "country-denied", remedy: OTHERWISE };

export function entry(range: string, more: object = {}): Asked {
  return { method: "POST", path: "/api/v1/entries", body: { range, action: "deny", ...more } };
}

export function section(name: string, value: unknown, query = ""): Asked {
  return { method: "PUT", path: `/api/v1/policy/${name}${query}`, body: { value } };
}

export function identity(name: string, value: unknown): Asked {
  return { method: "PUT", path: `/api/v1/identity-policies/${name}`, body: { value } };
}

export function limit(requestMaxCount: number, more: object = {}): Asked {
  const api = { ...LIMITS.api, mode: "enforce", requestMaxCount, ...more };
  return section("rate-limits", { ...LIMITS, api });
}

const WIDE = { confirmWide: true };

export const LOCKOUT_WAYS: readonly LockoutWay[] = [
  { name: "one's own address", ask: () => entry(HERE.operator), refused: DENIED_ITSELF },
  {
    name: "as IPv6 spells it",
    ask: () => entry(`::ffff:${HERE.operator}`),
    refused: DENIED_ITSELF,
  },
  { name: "a block around it", ask: () => entry("81.2.0.0/16"), refused: DENIED },
  { name: "a range around it", ask: () => entry("81.2.69.9-81.2.69.11"), refused: DENIED },
  {
    name: "for half an hour",
    ask: () => entry(HERE.operator, { expiresAt: "2100-01-01T00:00:00Z" }),
    refused: DENIED_ITSELF,
  },
  {
    name: "an IPv6 block",
    by: "operator6",
    ask: () => entry("2a01:4f8::/64"),
    refused: { reason: "on-deny-list", remedy: OTHERWISE, address: HERE.operator6 },
  },
  {
    name: "the second half of the world",
    ask: async ({ addEntry }) => {
      await addEntry("deny 128.0.0.0/1", WIDE);
      return entry("0.0.0.0/1", WIDE);
    },
    refused: DENIED,
  },
  {
    name: "an import",
    ask: () => ({
      method: "POST",
      path: "/api/v1/entries/import?action=deny",
      body: { range: "81.2.69.0/24" },
      type: "application/x-ndjson",
    }),
    refused: DENIED,
  },
  {
    name: "an entry that is moved",
    ask: async ({ addEntry }) => {
      const id = await addEntry("deny 192.0.2.1");
      const body = { range: "81.2.69.0/24" };
      return { method: "PATCH", path: `/api/v1/entries/${id}`, body };
    },
    refused: DENIED,
  },
  {
    name: "an allow entry that is turned",
    ask: async ({ addEntry }) => {
      const id = await addEntry("allow 81.2.69.0/24");
      return { method: "PATCH", path: `/api/v1/entries/${id}`, body: { action: "deny" } };
    },
    refused: DENIED,
  },
  {
    name: "the allow entry that lets one in, deleted",
    ask: async ({ addEntry, must }) => {
      const id = await addEntry(`allow ${HERE.operator}`);
      await must("PUT", "/api/v1/policy/country", { value: NOT_GB });
      return { method: "DELETE", path: `/api/v1/entries/${id}` };
    },
    refused: ABROAD_LISTED,
  },
  {
    name: "with others in a batch",
    ask: async ({ addEntry, must }) => {
      const ids = [await addEntry(`allow ${HERE.operator}`), await addEntry("allow 192.0.2.1")];
      await must("PUT", "/api/v1/policy/country", { value: NOT_GB });
      return { method: "POST", path: "/api/v1/entries/delete", body: { ids } };
    },
    refused: ABROAD_LISTED,
  },
  {
    name: "lists switched on",
    ask: async ({ addEntry, must }) => {
      await must("PUT", "/api/v1/policy/address-lists", MODE("off"));
      await addEntry(`deny ${HERE.operator}`);
      return section("address-lists", { mode: "enforce" });
    },
    refused: DENIED_ITSELF,
  },
  {
    name: "a rule disabled that lets one in",
    ask: async ({ addEntry, must }) => {
      await addEntry(`allow ${HERE.operator}`);
      await must("PUT", "/api/v1/policy/country", { value: NOT_GB });
      const body = { rule: "address-lists" };
      return { method: "POST", path: "/api/v1/policy/disable", body };
    },
    refused: { reason: "country-denied", remedy: OTHERWISE },
  },
  { name: "one's own country", ask: () => section("country", NOT_GB), refused: ABROAD },
  {
    name: "every country but another",
    ask: () =>
      section("country", { ...COUNTRY, defaultAction: "deny", countries: { DE: "allow" } }),
    refused: ABROAD,
  },
  {
    name: "private addresses",
    by: "private",
    ask: () => section("country", { ...COUNTRY, private: "deny" }),
    refused: { reason: "country-denied", remedy: allow(HERE.private), address: HERE.private },
  },
  {
    name: "one's own country while an entry of today lets one in",
    ask: async ({ addEntry }) => {
      await addEntry(`allow ${HERE.operator}`, { inMinutes: 60 });
      return section("country", NOT_GB);
    },
    refused: ABROAD_LISTED,
  },
  {
    name: "several sections saved at once",
    ask: () => ({
      method: "PUT",
      path: "/api/v1/policy",
      body: {
        sections: [
          { section: "hard-limit", value: { exemptAllowEntries: true } },
          { section: "country", value: NOT_GB },
        ],
      },
    }),
    refused: ABROAD,
  },
  {
    name: "a limit below one's own pace",
    ask: () => limit(1),
    refused: { reason: "over-rate-limit", surface: "api", remedy: HOME },
  },
  {
    name: "routes that lead the console to an account that denies one",
    ask: async ({ addEntry }) => {
      await addEntry(`deny ${HERE.operator}`, { account: "acme" });
      const route = { host: "portal.example.com", pathPrefix: "/", surface: "portal" };
      return section("routes", { routes: [{ ...route, account: "acme" }] });
    },
    refused: {
      reason: "on-deny-list",
      surface: "portal",
      account: "acme",
      remedy: OTHERWISE,
    },
  },
  {
    name: "a ban made permanent",
    ask: async ({ must, by }) => {
      const { value } = await must("GET", "/api/v1/policy/ban");
      await must("PUT", "/api/v1/policy/ban", { value: { ...value, scope: "surface" } });
      const chat = { mode: "enforce", requestsMax: 1, windowSeconds: 60 };
      await must("PUT", "/api/v1/policy/webchat-requests", { value: chat });
      const route = {
        host: "chat.example.com",
        pathPrefix: "/",
        surface: "webchat",
        account: null,
      };
      await must("PUT", "/api/v1/policy/routes", { value: { routes: [route] } });
      for (let turn = 0; turn < 2; turn += 1) {
        await by.operator.ask("GET", "/x", { headers: { host: "chat.example.com" } });
      }
      const { bans } = await must("GET", "/api/v1/bans");
      return { method: "POST", path: `/api/v1/bans/${bans[0].id}/make-permanent`, body: {} };
    },
    refused: DENIED_ITSELF,
  },
  {
    name: "an old version restored",
    ask: async ({ must, addEntry }) => {
      const id = await addEntry(`deny ${HERE.operator}`);
      await must("DELETE", `/api/v1/entries/${id}`);
      const { revisions } = await must("GET", "/api/v1/revisions?limit=2");
      return { method: "POST", path: `/api/v1/revisions/${revisions[1].number}/restore?to=after` };
    },
    refused: DENIED_ITSELF,
  },
  {
    name: "a policy file",
    ask: () => ({
      method: "POST",
      path: "/api/v1/policy-file/apply",
      body: {
        version: 1,
        platform: { country: NOT_GB, "hard-limit": { exemptAllowEntries: true } },
      },
      type: POLICY_FILE_TYPE,
    }),
    refused: ABROAD,
  },
  {
    name: "an account's own portal, by its admin",
    by: "admin",
    ask: () => entry("81.2.69.0/24", { account: "acme" }),
    refused: {
      reason: "on-deny-list",
      surface: "portal",
      account: "acme",
      address: HERE.admin,
      remedy: allow(HERE.admin, "acme"),
    },
  },
  {
    name: "an account's country, by its admin",
    by: "admin",
    ask: () => section("country", NOT_GB, "?account=acme"),
    refused: {
      reason: "country-denied",
      surface: "portal",
      account: "acme",
      address: HERE.admin,
      remedy: allow(HERE.admin, "acme"),
    },
  },
  {
    name: "recordings for a whitelist that one is not on",
    by: "admin",
    ask: () => ({
      method: "PUT",
      path: "/api/v1/audio-download?account=acme",
      body: {
        value: { mode: "ip-whitelist", whitelist: ["192.0.2.0/24"], onlyShareable: false },
      },
    }),
    refused: {
      reason: "address-not-whitelisted",
      surface: "audio",
      account: "acme",
      address: HERE.admin,
      remedy: { code: "add-to-whitelist", range: HERE.admin, account: "acme" },
    },
  },
  {
    name: "a program's own address",
    by: "token",
    ask: () => entry("5.9.0.0/16"),
    refused: {
      reason: "on-deny-list",
      surface: "api",
      address: HERE.token,
      remedy: allow(HERE.token),
    },
  },
  {
    name: "every operator of late, by a program",
    by: "token",
    ask: async ({ addEntry }) => {
      await addEntry("deny 2a01:4f8::/32");
      await addEntry("deny 10.0.0.0/16");
      await addEntry("deny 10.9.0.0/16");
      return entry("81.2.69.0/24");
    },
    refused: { ...DENIED, who: "operators" },
  },
  {
    name: "every operator of late, by the host's shell",
    by: "shell",
    ask: async ({ addEntry }) => {
      await addEntry("deny 2a01:4f8::/32");
      await addEntry("deny 10.9.0.0/16");
      return section("country", NOT_GB);
    },
    refused: { ...ABROAD, who: "operators" },
  },
  {
    name: "a second factor that one does not have",
    ask: () => identity("two-factor", { frequency: "every-login", required: { enabled: true } }),
    refused: {
      reason: "second-factor-missing",
      surface: "sign-in",
      address: null,
      remedy: { code: "set-up-second-factor" },
    },
  },
  {
    name: "fewer wrong passwords than were typed already",
    ask: async ({ by }) => {
      for (let turn = 0; turn < 3; turn += 1) await by.admin.signIn("op@example.com", "no");
      const lockout = { enabled: true, wrongPasswordsMax: 1 };
      return identity("user-authentication", { ...AUTHENTICATION, lockout });
    },
    refused: {
      reason: "too-many-wrong-passwords",
      surface: "sign-in",
      address: null,
      remedy: { code: "sign-in-again" },
    },
  },
];
