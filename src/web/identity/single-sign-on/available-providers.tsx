// The providers that one is not connected with yet, each with the way to connect.
import { Button, Divider, Group, Stack, Text } from "@mantine/core";
import type { ProviderButton } from "../../../api/connection-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { leaveFor } from "../../shell/leave-for.ts";
import { SettingCard } from "../../shell/setting-card.tsx";
import { isProofCancelled, useProof } from "../two-factor/prove.ts";
import { ProviderIcon } from "./provider-icon.tsx";
import { useLeaving } from "./use-leaving.ts";

export type AvailableProvidersProps = { readonly providers: readonly ProviderButton[] };

/** Inside `<ProofProvider>`. */
export function AvailableProviders({ providers }: AvailableProvidersProps) {
  const { leavingFor, problem, leave } = useLeaving();
  const { prove } = useProof();

  async function connect(provider: string): Promise<void> {
    const { url } = await prove(() =>
      answerOf(api.POST("/api/v1/me/connections", { body: { provider } })),
    );
    leaveFor(url);
  }

  return (
    <SettingCard
      title="Connect an account"
      sentence={
        "You show that it is you, then sign in at the provider, which leads you back here. It " +
        "learns that you use this portal, and nothing of what you do in it."
      }
    >
      <FormProblem problem={isProofCancelled(problem) ? null : problem} />
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {providers.map(({ id, kind, name }, index) => (
          <li key={id}>
            {index === 0 ? null : <Divider mb="sm" />}
            <Group justify="space-between" gap="sm" wrap="nowrap">
              <Group gap="sm" wrap="nowrap" miw={0}>
                <ProviderIcon kind={kind} size={20} />
                <Text fw={500} className="postern-breakable">
                  {name}
                </Text>
              </Group>
              <Button
                variant="default"
                size="sm"
                flex="none"
                aria-label={`Connect ${name}`}
                loading={leavingFor === id}
                disabled={leavingFor !== null && leavingFor !== id}
                onClick={() => leave(id, () => connect(id))}
              >
                Connect
              </Button>
            </Group>
          </li>
        ))}
      </Stack>
    </SettingCard>
  );
}
