// The sample policy of the demo, set through the API as an operator would set it.
import type { CountryCode } from "../../core/network/iso-3166.ts";
import type { SurfaceRoute } from "../../core/network/network-policy.ts";
import type { ApiClient } from "../api-client.ts";

const DEMO_ACCOUNT = "acme";

/** Where acme, as the demo has it, has no customers. */
export const DENIED_COUNTRIES = ["NZ", "CL", "IS"] as const satisfies readonly CountryCode[];

/** Whom acme thinks of denying: the rule only records, to see first whom it would meet. */
const WATCHED_COUNTRIES = ["VN", "ID", "NG"] as const satisfies readonly CountryCode[];

const ROUTES: readonly SurfaceRoute[] = [
  { host: "*", pathPrefix: "/recordings", surface: "audio", account: DEMO_ACCOUNT },
  { host: "*", pathPrefix: "/api", surface: "api", account: DEMO_ACCOUNT },
  { host: "*", pathPrefix: "/chat", surface: "webchat", account: null },
  { host: "*", pathPrefix: "/login", surface: "sign-in", account: null },
];

export type DemoEntries = {
  /** An address in a denied country that passes all the same. */
  readonly office: string;
  /** CIDR blocks. */
  readonly denied: readonly string[];
};

export async function setDemoPolicy(api: ApiClient, entries: DemoEntries): Promise<void> {
  const post = (path: string, body: unknown) =>
    api.call({ method: "POST", path: `/api/v1/${path}`, body });
  await post("accounts", { code: DEMO_ACCOUNT, name: "Acme Ltd" });
  await post("entries", { range: entries.office, action: "allow", note: "acme's office abroad" });
  for (const range of entries.denied) {
    await post("entries", { range, action: "deny", note: "scans us every night" });
  }
  await setSection({ api }, "routes", { routes: ROUTES });
  await setSection({ api }, "country", { mode: "enforce", ...denying(DENIED_COUNTRIES) });
  const watched = { mode: "monitor", ...denying(WATCHED_COUNTRIES) };
  await setSection({ api, account: DEMO_ACCOUNT }, "country", watched);
}

function denying(countries: readonly CountryCode[]) {
  return {
    defaultAction: "allow",
    countries: Object.fromEntries(countries.map((code) => [code, "deny"])),
    unknown: "allow",
    private: "allow",
  };
}

/** Of the platform without an account. */
type Owner = { readonly api: ApiClient; readonly account?: string };

function setSection({ api, account }: Owner, section: string, value: unknown): Promise<unknown> {
  const query = account === undefined ? {} : { account };
  return api.call({ method: "PUT", path: `/api/v1/policy/${section}`, query, body: { value } });
}
