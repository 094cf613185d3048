// Where a browser lands when it comes back from a provider: pages of the console.
import type { SignInFault } from "../../../core/identity/single-sign-on/sign-in-fault.ts";
import type { SignInStage } from "../../../core/identity/sign-in-stage.ts";

const CONSOLE = "/postern/";
const STAGES: Readonly<Record<Exclude<SignInStage, "none">, string>> = {
  "second-factor": `${CONSOLE}second-factor`,
  "change-password": `${CONSOLE}change-password`,
  "set-up-second-factor": `${CONSOLE}set-up-second-factor`,
};

/** @param returnTo checked */
export function pathAfterSignIn(next: SignInStage, returnTo: string | null): string {
  if (next === "none") return returnTo ?? CONSOLE;
  return withQuery(STAGES[next], { returnTo });
}

/** @param returnTo checked */
export function bindPath(returnTo: string | null): string {
  return withQuery(`${CONSOLE}bind`, { returnTo });
}

export function connectedPath(providerId: string): string {
  return withQuery(`${CONSOLE}settings/single-sign-on`, { connected: providerId });
}

export type LandedFault = {
  readonly purpose: "sign-in" | "connect";
  readonly fault: SignInFault;
  /** Null: what stood in the address is no provider's id. */
  readonly providerId: string | null;
  /** Checked. */
  readonly returnTo: string | null;
};

export function faultPath({ purpose, fault, providerId, returnTo }: LandedFault): string {
  const page = purpose === "connect" ? "settings/single-sign-on" : "sign-in";
  return withQuery(`${CONSOLE}${page}`, { fault, provider: providerId, returnTo });
}

function withQuery(path: string, members: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) if (value !== null) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
