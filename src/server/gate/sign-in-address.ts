// Writes and recognises the address of our own sign-in page, by parsed origin.

import { checkReturnAddress } from "../identity/index.ts";

export type SignInAddress = {
  /** Where a visitor signs in; back to `wanted` afterwards where its origin is a known one. */
  readonly leadingTo: (wanted: string | null) => string;
  /** The same address when it is our sign-in page, else null. */
  readonly check: (address: string) => string | null;
};

const PATH = "/postern/sign-in";

/** @param returnOrigins beside PUBLIC_URL's own */
export function createSignInAddress(
  publicUrl: string,
  returnOrigins: readonly string[],
): SignInAddress {
  const { origin } = new URL(publicUrl);
  const origins = [origin, ...returnOrigins] as const;
  const page = `${origin}${PATH}`;
  return {
    leadingTo: (wanted) => {
      const back = checkReturnAddress(wanted, origins);
      return back === null ? page : `${page}?returnTo=${encodeURIComponent(back)}`;
    },
    check: (address) => {
      if (!URL.canParse(address)) return null;
      const url = new URL(address);
      const { username, password, hash } = url;
      if (url.origin !== origin || url.pathname !== PATH) return null;
      return username + password + hash === "" ? url.href : null;
    },
  };
}
