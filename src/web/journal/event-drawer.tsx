// Beside the list: one event that is no decision, with its facts and what holds for its address.
import { Divider, Drawer, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { EventAnswer } from "../../api/journal-api.ts";
import { SURFACES } from "../../core/network/surface.ts";
import { useManagedAccounts } from "../accounts/account-picker.tsx";
import { accountsQuery } from "../accounts/people-queries.ts";
import { useMe } from "../shell/me.ts";
import { StatusMark } from "../shell/status-mark.tsx";
import { EventFacts } from "./event-facts.tsx";
import { describeEvent, kindWords } from "./event-words.ts";
import { NowPart } from "./now-part.tsx";

export type EventDrawerProps = {
  /** Null: closed. */
  readonly event: EventAnswer | null;
  readonly onClose: () => void;
};

export function EventDrawer({ event, onClose }: EventDrawerProps) {
  const title = event === null ? "" : kindWords(event.kind).name;
  return (
    <Drawer opened={event !== null} onClose={onClose} size={640} title={title}>
      {event === null ? null : <Body key={event.id} event={event} />}
    </Drawer>
  );
}

function Body({ event }: { readonly event: EventAnswer }) {
  const { tone, title, about } = describeEvent(event);
  const { address, detail } = event;
  const place = event.surface ?? detail["holds"];
  const surface = SURFACES.find((one) => one === place) ?? "portal";
  const account = useAccountOf(event);
  return (
    <Stack gap="lg">
      <Stack gap={4}>
        <StatusMark tone={tone}>{title}</StatusMark>
        {about === "" ? null : (
          <Text size="sm" className="postern-breakable">
            <bdi>{about}</bdi>
          </Text>
        )}
      </Stack>
      <EventFacts event={event} />
      {address === null || !IS_OF_VISITORS.has(event.kind) ? null : (
        <>
          <Divider />
          <NowPart question={{ address, surface, account }} from={title.toLowerCase()} hasSteps />
        </>
      )}
    </Stack>
  );
}

/** Of what an address did; administrators' own acts are not about their address. */
const IS_OF_VISITORS: ReadonlySet<string> = new Set([
  "ban",
  "ban-changed",
  "release",
  "alarm",
  "offence",
  "sign-in",
  "sign-in-begun",
  "sign-in-refused",
  "second-factor-refused",
  "second-factor-locked",
  "lockout",
  "recording-played",
  "entries-changed",
]);

/** A ban of an account's rule names its owner by id. Admins have no platform to look at. */
function useAccountOf({ account, owner }: EventAnswer): string | null {
  const { isOperator } = useMe();
  const all = useQuery({ ...accountsQuery, enabled: isOperator && account === null });
  const managed = useManagedAccounts();
  if (account !== null) return account;
  if (!isOperator) return managed?.[0]?.code ?? null;
  return all.data?.find(({ id }) => id === owner)?.code ?? null;
}
