// On top of every page while changes wait to be confirmed: what, by whom, and how it ended.
import { CloseButton, Group, Paper, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSecondsLeft } from "../identity/two-factor/countdown.tsx";
import { describeBanRest } from "../network/ban-rest.ts";
import { ClockIcon, InfoIcon, WarningIcon } from "../shell/icons.tsx";
import { useMe } from "../shell/me.ts";
import { TextLink } from "../shell/page-links.tsx";
import { UnconfirmedActs } from "./unconfirmed-acts.tsx";
import "./unconfirmed-bar.css";
import { forgetEnd, unconfirmedQuery } from "./unconfirmed-query.ts";
import type { UnconfirmedState, WaitingChange } from "./unconfirmed-query.ts";
import { clockText } from "../journal/moment-text.ts";
import { whoText } from "./change-waits-words.ts";
import { changeTitle, endSentence, waitingSentence } from "./unconfirmed-words.ts";
import type { UnconfirmedEnd } from "./unconfirmed-words.ts";

/** More are in the history. */
const SHOWN_MAX = 3;

/** For who may change rules. */
export function UnconfirmedBar() {
  const { data, isError, refetch } = useQuery(unconfirmedQuery);
  const nowMs = Date.now();
  const { changes, ended } = data ?? { changes: [], ended: [] };
  const isOut = isError && data !== undefined && isWaiting(data);
  return (
    <>
      <VisuallyHidden role="status">
        {isOut || changes.length === 0 ? "" : waitingSentence(changes.slice(0, SHOWN_MAX), nowMs)}
      </VisuallyHidden>
      {(changes.length > 0 && !isError) || isOut || ended.length > 0 ? (
        <Paper
          withBorder
          shadow="sm"
          radius="md"
          className="postern-unconfirmed"
          data-many={countLines(changes, ended) > 1}
          // Whoever has saved with the keyboard is led here.
          tabIndex={-1}
        >
          <Stack gap={6} component="ul" className="postern-unconfirmed-lines">
            {isOut ? <OutLine {...data} /> : null}
            {isError ? null : <WaitingLines changes={changes} onEnded={() => void refetch()} />}
            {ended.slice(-SHOWN_MAX).map((end) => (
              <EndLine key={end.changeId} end={end} />
            ))}
          </Stack>
        </Paper>
      ) : null}
    </>
  );
}

function countLines(changes: readonly WaitingChange[], ended: readonly UnconfirmedEnd[]): number {
  return changes.length + ended.length;
}

function isWaiting({ changes, ownGoesBackAtMs }: UnconfirmedState): boolean {
  return changes.length > 0 || ownGoesBackAtMs !== null;
}

/** The change may have shut this browser out; nothing is known then, and nothing is claimed. */
function OutLine({ changes, ownGoesBackAtMs }: UnconfirmedState) {
  const nowMs = Date.now();
  const [first] = changes;
  const title = first === undefined ? "The change" : `The change of ${changeTitle(first.parts)}`;
  const at = first?.goesBackAt ?? ownGoesBackAtMs ?? nowMs;
  return (
    <li className="postern-unconfirmed-line">
      <Sign icon={<WarningIcon size={16} />} tone="bad" />
      <Text size="sm" role="alert">
        <b>Postern cannot be reached from here.</b> {title} goes back by itself at{" "}
        {clockText(at, nowMs)}, unless somebody confirms it elsewhere.
        {changes.length > 1 ? " The others go back at their times." : ""}
      </Text>
    </li>
  );
}

type WaitingLinesProps = {
  readonly changes: readonly WaitingChange[];
  readonly onEnded: () => void;
};

function WaitingLines({ changes, onEnded }: WaitingLinesProps) {
  const more = changes.length - SHOWN_MAX;
  return (
    <>
      {changes.slice(0, SHOWN_MAX).map((change) => (
        <WaitingLine key={change.changeId} change={change} onEnded={onEnded} />
      ))}
      {more > 0 ? (
        <li>
          <TextLink to="/security/history" size="sm">
            and {more} more in History
          </TextLink>
        </li>
      ) : null}
    </>
  );
}

type WaitingLineProps = { readonly change: WaitingChange; readonly onEnded: () => void };

function WaitingLine({ change, onEnded }: WaitingLineProps) {
  const { changeId, parts, actor, goesBackAt, endsAtMs } = change;
  const { email } = useMe();
  const left = useSecondsLeft(endsAtMs, onEnded);
  const title = changeTitle(parts);
  return (
    <li className="postern-unconfirmed-line">
      <Sign icon={<ClockIcon size={16} />} tone="warn" />
      <Text size="sm" className="postern-breakable">
        <b>{title}</b>, changed by <bdi>{whoText(actor, email)}</bdi>: goes back{" "}
        {left === 0 ? (
          "now"
        ) : (
          <>
            in <b className="postern-unconfirmed-left">{describeBanRest(left * 1000)}</b>, at{" "}
            {clockText(goesBackAt, Date.now())}
          </>
        )}
        .
      </Text>
      <UnconfirmedActs
        changeId={changeId}
        title={title}
        // The buttons go; what is read next is the page.
        onDone={() => document.querySelector<HTMLElement>("#page")?.focus()}
      />
    </li>
  );
}

function EndLine({ end }: { readonly end: UnconfirmedEnd }) {
  const client = useQueryClient();
  return (
    <li className="postern-unconfirmed-line">
      <Sign icon={<InfoIcon size={16} />} tone="good" />
      <Text size="sm" className="postern-breakable" role="alert">
        {endSentence(end, Date.now())}
      </Text>
      <Group gap="xs" wrap="nowrap">
        {end.how === "went-back" ? (
          <TextLink to="/security/history" size="sm">
            See History
          </TextLink>
        ) : null}
        <CloseButton
          size="sm"
          aria-label={`I have read it: ${end.title}`}
          onClick={() => forgetEnd(client, end.changeId)}
        />
      </Group>
    </li>
  );
}

type SignProps = { readonly icon: ReactNode; readonly tone: "good" | "warn" | "bad" };

function Sign({ icon, tone }: SignProps) {
  return (
    <span className="postern-unconfirmed-sign" style={{ color: `var(--postern-${tone})` }}>
      {icon}
    </span>
  );
}
