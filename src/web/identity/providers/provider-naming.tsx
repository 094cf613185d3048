// What a new provider is and is called: its kind, and the code that stands in its redirect URI.
import { Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { PROVIDER_KINDS } from "../../../core/identity/single-sign-on/provider.ts";
import type { ProviderKind } from "../../../core/identity/single-sign-on/provider.ts";
import { ProviderIcon } from "../single-sign-on/provider-icon.tsx";
import { KIND_WORDS, readKind } from "./kind-words.ts";
import { freeCode, namesOf } from "./provider-draft.ts";
import type { ProviderForm } from "./provider-rules.ts";

type NamingProps = { readonly form: ProviderForm; readonly takenCodes: readonly string[] };

/** A name that somebody typed stays; one that came with the kind goes with it. */
export function KindChoice({ form, takenCodes }: NamingProps) {
  const { kind, name, code } = form.values;
  function choose(next: ProviderKind): void {
    const before = namesOf(kind, takenCodes);
    const isAsProposed = name === before.name && code === before.code;
    form.setValues({ kind: next, ...(isAsProposed ? namesOf(next, takenCodes) : {}) });
    form.clearErrors();
  }
  return (
    <Radio.Group label="Kind" value={kind} onChange={(next) => choose(readKind(next))}>
      <Stack gap="sm" mt="xs">
        {PROVIDER_KINDS.map((choice) => (
          <Radio
            key={choice}
            value={choice}
            label={
              <Group gap={6} wrap="nowrap">
                <ProviderIcon kind={choice} />
                {KIND_WORDS[choice].label}
              </Group>
            }
            description={KIND_WORDS[choice].description}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

/** Empty, it takes after the name once that is typed. */
export function CodeField({ form, takenCodes }: NamingProps) {
  const { name, code } = form.values;
  const proposed = freeCode(name, takenCodes);
  return (
    <Stack gap={4}>
      <TextInput
        label="Code"
        description="Stands in the redirect URI, so it cannot be changed later."
        required
        maxLength={32}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        {...form.getInputProps("code")}
      />
      {code !== "" || proposed === "" ? null : (
        <Text size="xs">
          <Button
            variant="subtle"
            size="compact-xs"
            px={4}
            onClick={() => form.setFieldValue("code", proposed)}
          >
            Take {proposed}
          </Button>
        </Text>
      )}
    </Stack>
  );
}
