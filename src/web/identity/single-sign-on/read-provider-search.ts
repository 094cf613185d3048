// What the address of a page says about a provider: which one, whose, and what came to nothing.
import type { SignInFault } from "../../../core/identity/single-sign-on/sign-in-fault.ts";
import { isSignInFault } from "./sign-in-fault-words.ts";

export type FaultSearch = {
  readonly fault?: SignInFault | undefined;
  /** A provider's id. */
  readonly provider?: string | undefined;
};

export type ConnectionsSearch = FaultSearch & {
  /** The id of the provider that has just been connected. */
  readonly connected?: string | undefined;
};

type Search = Readonly<Record<string, unknown>>;

const CODE = /^[a-z0-9-]{1,32}$/;
const PROVIDER_ID = /^([a-z0-9-]{1,32}\.)?[a-z0-9-]{1,32}$/;

/** What is not as it should be is left out: addresses are written by anybody. */
export function readFaultSearch({ fault, provider }: Search): FaultSearch {
  return {
    ...(isSignInFault(fault) ? { fault } : {}),
    ...(isProviderId(provider) ? { provider } : {}),
  };
}

export function readConnectionsSearch(search: Search): ConnectionsSearch {
  const { connected } = search;
  return { ...readFaultSearch(search), ...(isProviderId(connected) ? { connected } : {}) };
}

/** The account whose own providers the sign-in page shows beside the platform's. */
export function readAccountSearch(search: Search): { readonly account?: string | undefined } {
  const { account } = search;
  return typeof account === "string" && CODE.test(account) ? { account } : {};
}

/** Whose own provider it is: of `acme.google` it is acme; undefined: the platform's. */
export function accountOfProvider(providerId: string | undefined): string | undefined {
  return providerId?.includes(".") === true ? providerId.split(".", 1)[0] : undefined;
}

function isProviderId(value: unknown): value is string {
  return typeof value === "string" && PROVIDER_ID.test(value);
}
