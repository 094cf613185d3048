// What an admin sees of the anti-hacking rules: those of the platform that hold for their account.
import { Grid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { QueryView } from "../shell/query-view.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import type { Mode } from "../../core/network/network-policy.ts";
import { describeSpan } from "./describe-span.ts";
import { effectivePolicyQuery } from "./effective-policy-query.ts";
import { HitCounterCard } from "./hit-counter-card.tsx";
import { nameOfMode } from "./mode-words.ts";
import { RuleEvidenceCard } from "./rule-evidence-card.tsx";

export function AntiHackingSummary({ account }: { readonly account: string }) {
  const query = useQuery(effectivePolicyQuery(account));
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 8 }}>
        <Stack gap="md">
          <SettingCard
            title="What holds for your account"
            sentence="The platform's operators set these rules; they hold for every account."
          >
            <QueryView query={query}>
              {({ platform: { failedAuthentication, webchatRequests, hardLimit } }) => (
                <RuleLines
                  rules={[
                    {
                      name: "Failed Authentication Protection",
                      value: describeRule(failedAuthentication.mode, {
                        countMax: failedAuthentication.offencesMax,
                        windowSeconds: failedAuthentication.windowSeconds,
                      }),
                    },
                    {
                      name: "Web chat Requests Protection",
                      value: describeRule(webchatRequests.mode, {
                        countMax: webchatRequests.requestsMax,
                        windowSeconds: webchatRequests.windowSeconds,
                      }),
                    },
                    {
                      name: "Hard limit",
                      value: describeRule("enforce", {
                        countMax: hardLimit.requestsMax,
                        windowSeconds: hardLimit.windowSeconds,
                      }),
                    },
                  ]}
                />
              )}
            </QueryView>
          </SettingCard>
          <Text size="sm" c="dimmed">
            Limits of your own are under Rate limits; addresses of your own under Address lists.
          </Text>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 4 }}>
        <Stack gap="md">
          <RuleEvidenceCard account={account} rows={EVIDENCE} none="Nobody was refused." />
          <HitCounterCard account={account} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

const EVIDENCE = [
  { label: "Web chat requests", reason: "over-webchat-limit", layer: "platform" },
  { label: "Refused while banned", reason: "banned", layer: "any" },
] as const;

type RuleLine = { readonly name: string; readonly value: string };

/** One below the other: their names are long. */
function RuleLines({ rules }: { readonly rules: readonly RuleLine[] }) {
  return (
    <Stack gap="sm">
      {rules.map(({ name, value }) => (
        <div key={name}>
          <Text size="sm" fw={500}>
            {name}
          </Text>
          <Text size="sm" c="dimmed">
            {value}
          </Text>
        </div>
      ))}
    </Stack>
  );
}

type Limit = { readonly countMax: number; readonly windowSeconds: number };

function describeRule(mode: Mode, { countMax, windowSeconds }: Limit): string {
  if (mode === "off") return nameOfMode(mode);
  const limit = `more than ${countMax.toLocaleString("en")} in ${describeSpan(windowSeconds)}`;
  return mode === "enforce" ? `Banned: ${limit}.` : `Recorded only: ${limit}.`;
}
