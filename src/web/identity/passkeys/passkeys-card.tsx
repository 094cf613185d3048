// One's passkeys: which there are, and the means to add, rename and remove them.
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SettingCard } from "../../shell/setting-card.tsx";
import { showRefusal } from "../../shell/show-toast.ts";
import { StatusMark } from "../../shell/status-mark.tsx";
import { isProofCancelled, useProof } from "../two-factor/prove.ts";
import { SetUpDialog } from "../two-factor/set-up-dialog.tsx";
import { twoFactorQuery } from "../two-factor/two-factor-query.ts";
import type { HeardTwoFactor } from "../two-factor/two-factor-query.ts";
import { PasskeyList } from "./passkey-list.tsx";
import { PasskeySetupSteps } from "./passkey-setup-steps.tsx";
import { arePasskeysPossible } from "./passkeys-possible.ts";

/** Inside `<ProofProvider>`. */
export function PasskeysCard({ known }: { readonly known: HeardTwoFactor }) {
  const { passkeys } = known;
  const client = useQueryClient();
  const isOn = passkeys.length > 0;
  return (
    <SettingCard
      title="Passkeys"
      sentence={
        "Sign you in with your finger, face or PIN, without a password: a passkey is both " +
        "factors, cannot be guessed, and works on no forged page."
      }
      control={<StatusMark tone={isOn ? "good" : "quiet"}>{isOn ? "On" : "Off"}</StatusMark>}
    >
      {isOn ? (
        <PasskeyList known={known} onChanged={() => client.invalidateQueries(twoFactorQuery)} />
      ) : null}
      <AddPasskey refusal={known.passkeysRefusal} isFirst={!isOn} />
    </SettingCard>
  );
}

const NOT_IN_THIS_BROWSER =
  "This browser cannot keep passkeys at this address. Open this page in another one, by a host " +
  "name and over https.";

type AddPasskeyProps = { readonly refusal: string | null; readonly isFirst: boolean };

function AddPasskey({ refusal, isFirst }: AddPasskeyProps) {
  const { prove } = useProof();
  const [isOpen, setOpen] = useState(false);
  const why = refusal ?? (arePasskeysPossible() ? null : NOT_IN_THIS_BROWSER);
  if (why !== null) {
    return (
      <Text size="sm" c="dimmed">
        {why}
      </Text>
    );
  }

  /** Whoever has to show that it is them, does it before the dialog opens. */
  async function begin(): Promise<void> {
    try {
      await prove(() => Promise.resolve());
      setOpen(true);
    } catch (error) {
      if (!isProofCancelled(error)) showRefusal(error);
    }
  }

  return (
    <Group>
      <Button variant={isFirst ? "filled" : "default"} onClick={() => void begin()}>
        Add a passkey
      </Button>
      {isOpen ? (
        <SetUpDialog Steps={PasskeySetupSteps} isReset={false} onClose={() => setOpen(false)} />
      ) : null}
    </Group>
  );
}
