// Whether people can sign in by the provider, and switching that.
import { Switch, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ProviderAnswer } from "../../../api/provider-api.ts";
import { countOf } from "../../accounts/user-words.ts";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { changeProvider, showProvider } from "./provider-queries.ts";
import { describeSwitch, signInPageOf } from "./provider-words.ts";

export function ProviderSwitchCard({ provider }: { readonly provider: ProviderAnswer }) {
  const client = useQueryClient();
  const [isSwitching, setSwitching] = useState(false);
  const { id, name, isEnabled, connections } = provider;

  async function flip(): Promise<void> {
    setSwitching(true);
    try {
      await showProvider(client, await changeProvider(id, { isEnabled: !isEnabled }));
    } finally {
      setSwitching(false);
    }
  }

  return (
    <SettingCard
      title={`Sign-in with ${name}`}
      sentence={
        isEnabled
          ? `On: “Continue with ${name}” is on ${signInPageOf(provider)}.`
          : "Off: nobody sees it. Test it, then switch it on."
      }
      control={
        <Switch
          aria-label={`Sign-in with ${name}`}
          checked={isEnabled}
          disabled={isSwitching}
          onChange={() =>
            askToConfirm({
              title: isEnabled ? `Switch ${name} off?` : `Switch ${name} on?`,
              changes: describeSwitch(provider),
              confirmLabel: isEnabled ? "Switch off" : "Switch on",
              isDangerous: isEnabled,
              act: flip,
              done: isEnabled ? `${name} is off.` : `${name} is on.`,
            })
          }
          onLabel="On"
          offLabel="Off"
          size="md"
        />
      }
    >
      <Text size="sm">
        {connections === 0
          ? "Nobody is connected with it yet."
          : `${countOf(connections, "user is", "users are")} connected with it.`}
      </Text>
    </SettingCard>
  );
}
