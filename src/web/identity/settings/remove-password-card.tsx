// Takes one's password away, for those who have another way in.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { OwnConnectionsAnswer } from "../../../api/connection-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { meQuery, useMe } from "../../shell/me.ts";
import { SettingCard } from "../../shell/setting-card.tsx";
import { describeWaysLeft } from "../single-sign-on/ways-in-words.ts";
import { useProof } from "../two-factor/prove.ts";

/** Inside `<ProofProvider>`. */
export function RemovePasswordCard({ own }: { readonly own: OwnConnectionsAnswer }) {
  const { email } = useMe();
  const client = useQueryClient();
  const { prove } = useProof();
  const left = describeWaysLeft(own, { kind: "password" });
  return (
    <SettingCard
      title="Remove your password"
      sentence={
        `You can sign in with ${left}. Without a password there is none to guess, to steal or to ` +
        "forget."
      }
    >
      <Group>
        <Button
          variant="default"
          onClick={() =>
            askToConfirm({
              title: "Remove your password?",
              changes: (
                <Stack gap="xs">
                  <Text size="sm">
                    You sign in only with {left} then. Every other browser in which you are signed
                    in is signed out, and a mail tells you of it.
                  </Text>
                  <Text size="sm" className="postern-breakable">
                    You can have a password again at any time: “Forgotten your password?” on the
                    sign-in page mails a link to {email}.
                  </Text>
                </Stack>
              ),
              confirmLabel: "Remove the password",
              act: async () => {
                await prove(() => answerOf(api.DELETE("/api/v1/me/password")));
                await client.invalidateQueries({ queryKey: meQuery.queryKey });
              },
              done: "You have no password any more. Your other sessions have ended.",
            })
          }
        >
          Remove password
        </Button>
      </Group>
    </SettingCard>
  );
}
