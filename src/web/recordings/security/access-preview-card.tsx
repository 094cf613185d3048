// Who of those who asked of late would lose or gain access, while the rule is being changed.
import { Alert, Button, Stack, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import type { AudioPreviewAnswer, PreviewedVisitor } from "../../../api/audio-download-api.ts";
import { groupDigits } from "../../accounts/group-digits.ts";
import { countOf } from "../../accounts/user-words.ts";
import { ErrorState } from "../../shell/error-state.tsx";
import { WarningIcon } from "../../shell/icons.tsx";
import { LoadingLines } from "../../shell/loading-lines.tsx";
import { useMe } from "../../shell/me.ts";
import { RowTable } from "../../shell/row-table.tsx";
import type { RowColumn } from "../../shell/row-table.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { TimeText } from "../../shell/time-text.tsx";
import { describeReason, isMyself, nameVisitor } from "./preview-words.ts";

export type AccessPreviewCardProps = {
  readonly query: UseQueryResult<AudioPreviewAnswer>;
  /** `same`: nothing was changed; `faulty`: something is not accepted yet. */
  readonly state: "same" | "faulty" | "asked";
  /** The form was changed since what is shown was asked for. */
  readonly isBehind: boolean;
  /** Whoever looks at the page would not hear anything any more. */
  readonly shutsOutYou: boolean;
};

export function AccessPreviewCard(props: AccessPreviewCardProps) {
  const { query, state, isBehind, shutsOutYou } = props;
  const { email } = useMe();
  const { data } = query;
  const isYouAmong = data?.lose.examples.some((visitor) => isMyself(visitor, email)) === true;
  return (
    <SettingCard
      title="Preview"
      sentence="Who asked for recordings of late and would be decided differently."
    >
      <div role="status" aria-live="polite" aria-busy={isBehind}>
        <Stack gap="md">
          {state === "asked" && (shutsOutYou || (isYouAmong && !isBehind)) ? (
            <LosesYou isHere={shutsOutYou} />
          ) : null}
          {state === "same" ? (
            <Text size="sm" c="dimmed">
              Change something above, and see here who would lose or gain access, before it is
              saved.
            </Text>
          ) : null}
          {state === "faulty" ? (
            <Text size="sm" c="dimmed">
              It is shown once what is entered above is accepted.
            </Text>
          ) : null}
          {state === "asked" ? <Answer query={query} isBehind={isBehind} /> : null}
        </Stack>
      </div>
    </SettingCard>
  );
}

function LosesYou({ isHere }: { readonly isHere: boolean }) {
  return (
    <Alert
      color="red"
      variant="light"
      icon={<WarningIcon />}
      title="You would lose access yourself"
      role="presentation"
    >
      <Text size="sm">
        {isHere
          ? "You can listen today, and could not from where you are now. Add your address to the " +
            "whitelist, or choose a mode that lets you sign in from anywhere."
          : "You listened of late at an address from which you could not any more; see below."}
      </Text>
    </Alert>
  );
}

type AnswerProps = Pick<AccessPreviewCardProps, "query" | "isBehind">;

function Answer({ query, isBehind }: AnswerProps) {
  const { data } = query;
  if (query.isError && !isBehind) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (data === undefined) return <LoadingLines lines={3} />;
  const { days, visitors, lose, gain, isWhole } = data;
  const span = days === 1 ? "in the last day" : `in the last ${days} days`;
  if (visitors === 0) {
    return (
      <Text size="sm">
        Nobody asked for a recording of this account {span}, so nobody is known who would notice.
      </Text>
    );
  }
  return (
    <Stack gap="md" style={{ opacity: isBehind ? 0.55 : 1 }}>
      <Text size="sm">
        {lose.visitors + gain.visitors === 0
          ? `Nothing would change for the ${countOf(visitors, "visitor")} who asked ${span}.`
          : `Of ${countOf(visitors, "visitor")} who asked ${span}:`}
      </Text>
      <Change title="Would lose access" change={lose} />
      <Change title="Would gain access" change={gain} />
      {isWhole ? null : (
        <Text size="xs" c="dimmed">
          More asked than are kept, so some are not counted here.
        </Text>
      )}
    </Stack>
  );
}

/** So that what stands below stays near where the rows are cards. */
const SHOWN_AT_FIRST = 5;

type ChangeProps = { readonly title: string; readonly change: AudioPreviewAnswer["lose"] };

function Change({ title, change }: ChangeProps) {
  const { email: myEmail } = useMe();
  const [isWhole, setWhole] = useState(false);
  const { visitors, users, addresses, requests, examples } = change;
  if (visitors === 0) return null;
  const shown = isWhole ? examples : examples.slice(0, SHOWN_AT_FIRST);
  const who = users === 0 ? "nobody signed in" : countOf(users, "user");
  return (
    <Stack gap={6}>
      <Text size="sm">
        <strong>{title}:</strong> {who}, at {countOf(addresses, "address", "addresses")}, with{" "}
        {countOf(requests, "request")}.
      </Text>
      <RowTable
        label={title}
        columns={columnsFor(myEmail)}
        rows={shown}
        keyOf={({ email, address, number, before }) => `${email} ${address} ${number} ${before}`}
      />
      {examples.length > shown.length ? (
        <Button variant="default" size="xs" w="fit-content" onClick={() => setWhole(true)}>
          Show all {examples.length}
        </Button>
      ) : visitors > examples.length ? (
        <Text size="xs" c="dimmed">
          The busiest {examples.length} of {visitors.toLocaleString("en")}.
        </Text>
      ) : null}
    </Stack>
  );
}

function columnsFor(myEmail: string): readonly RowColumn<PreviewedVisitor>[] {
  return [
    {
      label: "Who",
      cell: (visitor) => (
        <div style={{ minWidth: 170 }}>
          <Text size="sm" fw={isMyself(visitor, myEmail) ? 650 : 500} className="postern-breakable">
            {nameVisitor(visitor, myEmail)}
          </Text>
          <Text size="xs" c="dimmed" className="postern-breakable">
            {visitor.address}
          </Text>
        </div>
      ),
    },
    {
      label: "Asked for",
      cell: ({ number, lastAt }) => (
        <div>
          <span style={{ whiteSpace: "nowrap" }}>{groupDigits(number)}</span>
          <Text size="xs" c="dimmed">
            <TimeText at={lastAt} />
          </Text>
        </div>
      ),
    },
    {
      label: "Why",
      cell: ({ before, after }) => `${describeReason(before)} → ${describeReason(after)}`,
    },
  ];
}
