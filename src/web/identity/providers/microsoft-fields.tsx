// Whom Microsoft lets through: one tenant, several, or everybody with an account there.
import { Radio, Stack, TextInput } from "@mantine/core";
import { LinesField } from "./lines-field.tsx";
import type { ProviderFieldsProps } from "./provider-rules.ts";

const AUDIENCES = [
  {
    value: "own",
    label: "One tenant",
    description: "Only people of your organisation. In Entra: “Single tenant”.",
  },
  {
    value: "organizations",
    label: "Work and school accounts",
    description: "Of any organisation, or of those that you list. In Entra: “Multiple tenants”.",
  },
  {
    value: "common",
    label: "Work, school and personal accounts",
    description: "Also Outlook.com, Skype and Xbox. In Entra: “… and personal accounts”.",
  },
] as const;

export function MicrosoftFields({ form }: ProviderFieldsProps) {
  const { audience } = form.values;
  const { error, ...group } = form.getInputProps("audience");
  // The server speaks of the tenant, whichever way it was chosen.
  const fault: unknown = audience === "own" ? error : (error ?? form.errors["tenant"]);
  return (
    <>
      <Radio.Group
        label="Supported account types"
        description="As in the app registration. Nobody gets in who has no user here."
        {...group}
        error={fault as string | undefined}
      >
        <Stack gap="sm" mt="xs">
          {AUDIENCES.map((choice) => (
            <Radio key={choice.value} {...choice} />
          ))}
        </Stack>
      </Radio.Group>
      {audience === "own" ? (
        <TextInput
          label="Directory (tenant) ID"
          description="On the app registration's overview; one of the tenant's domains works too."
          placeholder="xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
          required
          maxLength={253}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          {...form.getInputProps("tenant")}
        />
      ) : (
        <LinesField
          form={form}
          name="tenants"
          label="Only these tenants (optional)"
          description="Their ids, one a line. Empty: people of every tenant can come."
        />
      )}
    </>
  );
}
