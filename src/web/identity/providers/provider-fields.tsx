// The fields of a provider, of its kind: where it is, and the id and secret it knows us by.
import { Stack, TextInput } from "@mantine/core";
import { PROVIDER_BOUNDS } from "../../../core/identity/single-sign-on/provider.ts";
import { AdvancedFields } from "./advanced-fields.tsx";
import { MicrosoftFields } from "./microsoft-fields.tsx";
import type { ProviderFieldsProps } from "./provider-rules.ts";
import { SecretField } from "./secret-field.tsx";

const PLAIN = { autoComplete: "off", autoCapitalize: "off", spellCheck: false } as const;

export function ProviderFields(props: ProviderFieldsProps) {
  const { form } = props;
  const { kind } = form.values;
  return (
    <Stack gap="md">
      {kind === "oidc" ? (
        <TextInput
          label="Issuer"
          description="The provider's address, as its documentation or its console names it."
          placeholder="https://login.example.com"
          inputMode="url"
          required
          {...PLAIN}
          {...form.getInputProps("issuer")}
        />
      ) : null}
      {kind === "microsoft" ? <MicrosoftFields {...props} /> : null}
      <TextInput
        label={kind === "microsoft" ? "Application (client) ID" : "Client ID"}
        required
        maxLength={500}
        {...PLAIN}
        {...form.getInputProps("clientId")}
      />
      <SecretField {...props} />
      <AdvancedFields {...props} />
    </Stack>
  );
}

export function NameField({ form }: ProviderFieldsProps) {
  const name = form.values.name.trim();
  return (
    <TextInput
      label="Name"
      description={`The button says “Continue with ${name === "" ? "…" : name}”.`}
      required
      maxLength={PROVIDER_BOUNDS.nameLength}
      autoComplete="off"
      {...form.getInputProps("name")}
    />
  );
}
