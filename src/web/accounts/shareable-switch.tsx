// Marks a tracking number as shareable: the whitelist alone then opens its recordings.
import { Stack, Switch, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answerOf, api } from "../api/api.ts";
import { TextLink } from "../shell/page-links.tsx";
import { showDone, showRefusal } from "../shell/show-toast.ts";
import { refreshPeople } from "./people-queries.ts";
import type { TrackingNumberAnswer } from "./people-queries.ts";

/** Saved as it is switched; a refusal is told, and the switch stays as it was. */
export function ShareableSwitch({ number }: { readonly number: TrackingNumberAnswer }) {
  const client = useQueryClient();
  const [isShareable, setShareable] = useState(number.isShareable);
  const [isSaving, setSaving] = useState(false);

  async function save(wanted: boolean): Promise<void> {
    setSaving(true);
    try {
      const params = { path: { id: number.id } };
      const body = { isShareable: wanted };
      const saved = await answerOf(api.PATCH("/api/v1/tracking-numbers/{id}", { params, body }));
      setShareable(saved.isShareable);
      showDone(saved.isShareable ? "The number is shareable." : "The number is not shareable.");
      await refreshPeople(client);
      // Its page says how many are shareable.
      await client.invalidateQueries({ queryKey: ["audio-download"] });
    } catch (error) {
      showRefusal(error);
    } finally {
      setSaving(false);
    }
  }

  return (
    <Stack gap="xs">
      <Title order={3}>Without a sign-in</Title>
      <Switch
        label="Shareable"
        description={
          "Its recordings may be heard at whitelisted addresses of the account without signing " +
          "in, also where the whitelist opens only shareable numbers."
        }
        checked={isShareable}
        disabled={isSaving}
        onChange={(event) => void save(event.currentTarget.checked)}
      />
      <Text size="sm">
        <TextLink to="/security/audio-download" search={{ account: number.account }} size="sm">
          Audio download of {number.account}
        </TextLink>
      </Text>
    </Stack>
  );
}
