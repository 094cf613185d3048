// What the gate would decide for an address now, on a surface and for an account of one's choice.
import { SimpleGrid, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { SURFACES } from "../../core/network/surface.ts";
import type { Surface } from "../../core/network/surface.ts";
import { AccountPicker, useManagedAccounts } from "../accounts/account-picker.tsx";
import { useMe } from "../shell/me.ts";
import type { ExplainSubject } from "./explain-drawer.tsx";
import { NowPart } from "./now-part.tsx";
import { SURFACE_NAMES } from "./surface-words.ts";

type AddressSubject = Extract<ExplainSubject, { readonly kind: "address" }>;

const SURFACE_CHOICES = SURFACES.map((value) => ({ value, label: SURFACE_NAMES[value] }));

export function AddressPart({ subject }: { readonly subject: AddressSubject }) {
  const { isOperator } = useMe();
  const accounts = useManagedAccounts() ?? [];
  const [surface, setSurface] = useState<Surface>(subject.surface ?? "portal");
  const [chosen, setChosen] = useState<string | null>(subject.account ?? null);
  // Admins have no platform to look at.
  const account = chosen ?? (isOperator ? null : (accounts[0]?.code ?? null));
  return (
    <Stack gap="lg">
      <SimpleGrid cols={2} spacing="sm">
        <Select
          label="Surface"
          data={SURFACE_CHOICES}
          value={surface}
          onChange={(value) => setSurface(value ?? surface)}
          allowDeselect={false}
        />
        <AccountPicker
          label="Account"
          {...(isOperator ? { noneLabel: "No account" } : {})}
          value={account}
          onChange={setChosen}
          accounts={accounts}
        />
      </SimpleGrid>
      <NowPart question={{ address: subject.address, surface, account }} from={null} hasSteps />
    </Stack>
  );
}
