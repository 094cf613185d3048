// The mark beside a provider's name: Google's, Microsoft's, or a door for any other.
import type { ReactNode } from "react";
import type { ProviderKind } from "../../../core/identity/single-sign-on/provider.ts";

export type ProviderIconProps = { readonly kind: ProviderKind; readonly size?: number };

/** Only repeats the name beside it. */
export function ProviderIcon({ kind, size = 18 }: ProviderIconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      aria-hidden="true"
      focusable="false"
      style={{ flex: "none" }}
    >
      {MARKS[kind]}
    </svg>
  );
}

/** In the colours that their owners ask for, which are seen on light and dark alike. */
const MARKS: Readonly<Record<ProviderKind, ReactNode>> = {
  google: (
    <>
      <path
        fill="#4285f4"
        d="M22.6 12.25c0-.78-.07-1.53-.2-2.25H12v4.26h5.94a5.1 5.1 0 0 1-2.2 3.33
           v2.77h3.56c2.08-1.92 3.3-4.74 3.3-8.11z"
      />
      <path
        fill="#34a853"
        d="M12 23c2.97 0 5.46-.98 7.28-2.66l-3.56-2.77c-.98.66-2.23 1.06-3.72 1.06
           -2.86 0-5.29-1.93-6.16-4.53H2.18v2.84A11 11 0 0 0 12 23z"
      />
      <path
        fill="#fbbc05"
        d="M5.84 14.09A6.6 6.6 0 0 1 5.5 12c0-.73.13-1.43.35-2.09V7.07H2.18a11 11 0 0 0 0 9.86z"
      />
      <path
        fill="#ea4335"
        d="M12 5.38c1.62 0 3.06.56 4.21 1.64l3.15-3.15A11 11 0 0 0 2.18 7.07l3.66 2.84
           C6.71 7.31 9.14 5.38 12 5.38z"
      />
    </>
  ),
  microsoft: (
    <>
      <path fill="#f25022" d="M2.5 2.5h9v9h-9z" />
      <path fill="#7fba00" d="M12.5 2.5h9v9h-9z" />
      <path fill="#00a4ef" d="M2.5 12.5h9v9h-9z" />
      <path fill="#ffb900" d="M12.5 12.5h9v9h-9z" />
    </>
  ),
  oidc: (
    <g stroke="currentColor" strokeWidth={1.75} strokeLinecap="round" strokeLinejoin="round">
      <path d="M13 4h4.5A1.5 1.5 0 0 1 19 5.5v13a1.5 1.5 0 0 1-1.5 1.5H13" />
      <path d="M4 12h10" />
      <path d="m10.5 8 4 4-4 4" />
    </g>
  ),
};
