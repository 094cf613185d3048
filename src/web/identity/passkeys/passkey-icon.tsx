// The sign of a passkey: a person, and the key that only they can turn.

export function PasskeyIcon({ size = 18 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <circle cx="9" cy="7.5" r="3.5" />
      <path d="M2.5 19.5c0-3.6 2.9-6 6.5-6 1.2 0 2.3.3 3.2.8" />
      <circle cx="17.5" cy="12.5" r="2.75" />
      <path d="M17.5 15.25v5.5l1.75-1.25" />
    </svg>
  );
}
