// Deleting a provider: who is connected with it loses that, and its name has to be typed.
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ProviderAnswer } from "../../../api/provider-api.ts";
import { askToType } from "../../shell/ask-to-type.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { refreshProviders, removeProvider } from "./provider-queries.ts";
import { describeRemoval } from "./provider-words.ts";

export function ProviderRemovalCard({ provider }: { readonly provider: ProviderAnswer }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id, name, account } = provider;

  async function remove(): Promise<void> {
    await removeProvider(id);
    const search = account === null ? {} : { account };
    await navigate({ to: "/security/single-sign-on", search });
    client.removeQueries({ queryKey: ["providers", "one", id] });
    await refreshProviders(client);
  }

  return (
    <SettingCard
      title="Delete the provider"
      sentence="Its connections go with it. To stop it for a while, switch it off instead."
    >
      <Group>
        <Button
          variant="outline"
          color="red"
          onClick={() =>
            askToType({
              title: `Delete ${name}?`,
              changes: <Text size="sm">{describeRemoval(provider)}</Text>,
              word: id,
              confirmLabel: "Delete provider",
              act: remove,
              done: `${name} was deleted.`,
            })
          }
        >
          Delete provider
        </Button>
      </Group>
    </SettingCard>
  );
}
