// The second factor that is asked for: its sentence, its form, and the choice between several.
import { SegmentedControl } from "@mantine/core";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import { FACTOR_METHODS } from "../../../core/identity/second-factor.ts";
import type { FactorMethod } from "../../../core/identity/second-factor.ts";
import { PasskeyFactorButton } from "../passkeys/passkey-factor-button.tsx";
import { BackupCodeForm } from "./backup-code-form.tsx";
import { EmailCodeForm } from "./email-code-form.tsx";
import type { FactorWay } from "./factor-search.ts";
import { SecondFactorForm } from "./second-factor-form.tsx";
import type { AskedFactor } from "./second-factor-query.ts";

export type FactorFormProps = {
  readonly asked: AskedFactor;
  /** "Trust this browser" is ticked. */
  readonly isTrusted: boolean;
  readonly isFieldFocused: boolean;
  readonly onTaken: (answer: SignInAnswer) => Promise<void>;
};

export function FactorForm({ way, ...props }: FactorFormProps & { readonly way: FactorWay }) {
  switch (way) {
    case "app":
      return <SecondFactorForm {...props} method="app" />;
    case "email":
      return <EmailCodeForm {...props} />;
    case "backup-code":
      return <BackupCodeForm {...props} />;
    case "passkey":
      return <PasskeyFactorButton trustBrowser={props.isTrusted} onSignedIn={props.onTaken} />;
    default:
      return way satisfies never;
  }
}

export function sentenceOf(way: FactorWay, { sentTo, emailCode }: AskedFactor): string {
  switch (way) {
    case "app":
      return "Enter the six digits that your authenticator app shows now.";
    case "email":
      return emailCode === null
        ? `A code of six digits can be sent to ${sentTo}.`
        : "Enter the six digits from the mail.";
    case "backup-code":
      return "Enter one of your backup codes. Each of them works once.";
    case "passkey":
      return "Use a passkey of this device, of your phone, or of a security key.";
    default:
      return way satisfies never;
  }
}

const LABELS = {
  app: "App",
  email: "E-mail",
  passkey: "Passkey",
} as const satisfies Record<FactorMethod, string>;

export type MethodChoiceProps = {
  readonly methods: readonly FactorMethod[];
  readonly way: FactorMethod;
  readonly onChange: (method: FactorMethod) => void;
};

/** In the order of `FACTOR_METHODS`: the app before the mail. */
export function MethodChoice({ methods, way, onChange }: MethodChoiceProps) {
  const shown = FACTOR_METHODS.filter((method) => methods.includes(method));
  return (
    <SegmentedControl
      aria-label="Second factor"
      fullWidth
      data={shown.map((method) => ({ value: method, label: LABELS[method] }))}
      value={way}
      onChange={onChange}
    />
  );
}
