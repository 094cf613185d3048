// What few providers need: values of acr, hosts in a private network, signing out there too.
import { Button, Collapse, Stack, Switch } from "@mantine/core";
import { useId, useState } from "react";
import { LinesField } from "./lines-field.tsx";
import type { ProviderFieldsProps } from "./provider-rules.ts";

const NAMES = ["factorAcrs", "privateHosts", "signsOut"] as const;

export function AdvancedFields({ form, base, isOperator }: ProviderFieldsProps) {
  const id = useId();
  const isUsed = base !== null && (base.factorAcrs.length > 0 || base.privateHosts.length > 0);
  const [isWanted, setWanted] = useState(isUsed || base?.signsOut === true);
  const isOpen = isWanted || hasFault(Object.keys(form.errors));
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-sm"
        px={4}
        aria-expanded={isOpen}
        aria-controls={id}
        leftSection={<span aria-hidden>{isOpen ? "▾" : "▸"}</span>}
        onClick={() => setWanted(!isOpen)}
      >
        Advanced
      </Button>
      <Collapse expanded={isOpen} id={id}>
        <Stack gap="md" pt="sm">
          <LinesField
            form={form}
            name="factorAcrs"
            label="Values of acr that stand for a second factor (optional)"
            description={
              "One a line. By one of them the provider vouches that it asked for two factors, as " +
              "by amr (RFC 8176); an account that requires 2FA does not ask again then."
            }
          />
          {form.values.kind === "oidc" ? (
            <LinesField
              form={form}
              name="privateHosts"
              label="Hosts in a private network (optional)"
              isDisabled={!isOperator}
              description={
                isOperator
                  ? "One a line, such as keycloak.internal. Only these may have private " +
                    "addresses and speak plain http; the server asks no other inside your network."
                  : "Set by operators only."
              }
            />
          ) : null}
          <Switch
            label="Sign out at the provider too"
            description="Signing out here leads on to the provider's sign-out page, if it has one."
            {...form.getInputProps("signsOut", { type: "checkbox" })}
          />
        </Stack>
      </Collapse>
    </div>
  );
}

function hasFault(faulty: readonly string[]): boolean {
  return faulty.some((field) => NAMES.some((name) => field.split(".", 1)[0] === name));
}
