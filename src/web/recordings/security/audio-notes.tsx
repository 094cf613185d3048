// Beside the access mode: what holds in every mode, and what the rule is about now.
import { Stack, Text } from "@mantine/core";
import type { AudioPolicyAnswer } from "../../../api/audio-download-api.ts";
import { actorName } from "../../shell/actor-name.ts";
import { countOf } from "../../accounts/user-words.ts";
import { SettingCard } from "../../shell/setting-card.tsx";
import { TimeText } from "../../shell/time-text.tsx";

export function AudioNotes({ saved }: { readonly saved: AudioPolicyAnswer }) {
  const { account, recordings, numbers, version, changedAt, changedBy } = saved;
  return (
    <Stack gap="md">
      <SettingCard title="Number-level security">
        <Text size="sm">
          In every mode but “No security restrictions”, whoever is signed in also needs the account
          and a grant of the recording's tracking number. Admins have every number of their account,
          operators every number of every account.
        </Text>
        <Text size="sm">
          So a link that is forwarded to a colleague opens nothing they were not granted.
        </Text>
        <Text size="sm" c="dimmed">
          Somebody whom the whitelist lets in without a sign-in has no user to check: they hear
          every number, unless the whitelist opens only numbers marked shareable.
        </Text>
      </SettingCard>
      <SettingCard title="Now">
        <Text size="sm">
          {account} has {countOf(recordings, "recording")} on {countOf(numbers, "tracking number")}.
        </Text>
        <Text size="sm" c="dimmed" className="postern-breakable">
          {version === 0 ? (
            "Nobody has changed the rule yet: the default holds."
          ) : (
            <>
              Version {version}, saved <TimeText at={changedAt} /> by {actorName(changedBy)}.
            </>
          )}
        </Text>
      </SettingCard>
    </Stack>
  );
}
