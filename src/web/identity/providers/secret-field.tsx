// The client secret: entered, and never shown again.
import { PasswordInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { demandsSecret } from "./provider-draft.ts";
import type { ProviderFieldsProps } from "./provider-rules.ts";

/** INVARIANT: what is kept is never shown; the field is empty until somebody enters another. */
export function SecretField({ form, base }: ProviderFieldsProps) {
  const [isShown, { toggle }] = useDisclosure(false);
  const isKept = base?.hasSecret === true;
  const isDemanded = base !== null && demandsSecret(form.values, base);
  const input = form.getInputProps("clientSecret");
  return (
    <PasswordInput
      label={form.values.kind === "microsoft" ? "Client secret (its value)" : "Client secret"}
      description={describeSecret(isKept, isDemanded)}
      placeholder={isKept && !isDemanded ? "Entered, not shown" : ""}
      required={!isKept || isDemanded}
      visible={isShown}
      onVisibilityChange={toggle}
      visibilityToggleButtonProps={{
        tabIndex: 0,
        "aria-label": isShown ? "Hide what is typed" : "Show what is typed",
      }}
      // Browsers offer to keep passwords of the portal, and this is none.
      autoComplete="one-time-code"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      {...input}
      // Mantine marks its other fields, but not this one.
      aria-invalid={input.error ? true : undefined}
    />
  );
}

function describeSecret(isKept: boolean, isDemanded: boolean): string {
  if (!isKept) return "Kept encrypted, and never shown again.";
  if (!isDemanded) return "Never shown again. Leave it empty to keep it, or enter a new one.";
  return (
    "Enter it once more: with another issuer, tenant, client ID or private host, the one that " +
    "is kept could go to somebody else."
  );
}
