// Beside the library: one recording, to hear, to send, to see who heard it, and to delete.
import { Button, Divider, Drawer, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { MeAnswer } from "../../api/sign-in-api.ts";
import { actorName } from "../shell/actor-name.ts";
import { FactList } from "../accounts/fact-list.tsx";
import { groupDigits } from "../accounts/group-digits.ts";
import { countOf } from "../accounts/user-words.ts";
import { answerOf, api } from "../api/api.ts";
import { CopyTextButton } from "../identity/two-factor/copy-text-button.tsx";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { ButtonLink } from "../shell/page-links.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { AudioPlayer } from "./audio-player.tsx";
import { callerName, callFrom } from "./caller-name.ts";
import { describeLength, describeSize } from "./describe-length.ts";
import { ListenersPart } from "./listeners-part.tsx";
import { playedFileOf } from "./played-file.ts";
import { PlaysPart } from "./plays-part.tsx";
import { MOMENT } from "./recording-moment.ts";
import { refreshRecordings } from "./recordings-queries.ts";
import type { RecordingAnswer } from "./recordings-queries.ts";

export type RecordingPanelProps = {
  /** Null: closed. */
  readonly recording: RecordingAnswer | null;
  readonly me: MeAnswer;
  readonly onClose: () => void;
};

export function RecordingPanel({ recording, me, onClose }: RecordingPanelProps) {
  const title =
    recording === null
      ? ""
      : `${groupDigits(recording.number)}, ${MOMENT.format(Date.parse(recording.recordedAt))}`;
  return (
    <Drawer opened={recording !== null} onClose={onClose} size={560} title={title}>
      {recording === null ? null : (
        <PanelBody key={recording.id} recording={recording} me={me} onClose={onClose} />
      )}
    </Drawer>
  );
}

type PanelBodyProps = Omit<RecordingPanelProps, "recording"> & {
  readonly recording: RecordingAnswer;
};

/** Admins of one account may be agents of another. */
function isManagerOf(me: MeAnswer, account: string): boolean {
  return (
    me.isOperator ||
    me.memberships.some((member) => member.account === account && member.role === "admin")
  );
}

function PanelBody({ recording, me, onClose }: PanelBodyProps) {
  const { link, url, account } = recording;
  const isManager = isManagerOf(me, account);
  return (
    <Stack gap="lg">
      <AudioPlayer
        file={playedFileOf(recording)}
        isWholePage={false}
        actions={
          <>
            <CopyTextButton text={url} label="Copy the link" />
            <ButtonLink to="/recordings/$link" params={{ link }} variant="default" size="xs">
              Open its page
            </ButtonLink>
          </>
        }
      />
      <Facts recording={recording} />
      {isManager ? (
        <>
          <Divider />
          <ListenersPart recording={recording} />
          <Divider />
          <PlaysPart recording={recording} />
          <Divider />
          <Removal recording={recording} onClose={onClose} />
        </>
      ) : null}
    </Stack>
  );
}

function Facts({ recording }: { readonly recording: RecordingAnswer }) {
  const { account, numberLabel, caller, name, durationMs } = recording;
  const { format, codec, sizeBytes, createdAt, createdBy } = recording;
  return (
    <FactList
      facts={[
        { name: "Caller", value: callerName(caller) },
        ...(numberLabel === "" ? [] : [{ name: "Label", value: numberLabel }]),
        { name: "Account", value: account },
        { name: "Length", value: describeLength(durationMs / 1000) },
        {
          name: "File",
          value: `${format.toUpperCase()} (${codec}), ${describeSize(sizeBytes)}`,
        },
        ...(name === "" ? [] : [{ name: "Name", value: <RecordingName name={name} /> }]),
        {
          name: "Added",
          value: (
            <>
              <TimeText at={createdAt} /> by {actorName(createdBy)}
            </>
          ),
        },
      ]}
    />
  );
}

/** Written by another system: of any length, in letters of any direction. */
function RecordingName({ name }: { readonly name: string }) {
  return (
    <Text span size="sm" lineClamp={3}>
      <bdi>{name}</bdi>
    </Text>
  );
}

type RemovalProps = { readonly recording: RecordingAnswer; readonly onClose: () => void };

function Removal({ recording, onClose }: RemovalProps) {
  const client = useQueryClient();
  const { id, number, caller, recordedAt, plays } = recording;
  const when = MOMENT.format(Date.parse(recordedAt));
  function ask(): void {
    askToConfirm({
      title: "Delete this recording?",
      changes: (
        <>
          <Text size="sm">
            The {callFrom(caller)} on {groupDigits(number)}, {when}, is deleted with its file, and
            its link leads nowhere then.
          </Text>
          <Text size="sm">
            {plays === 0
              ? "Nobody has listened to it."
              : `It was played ${countOf(plays, "time")}; the journal still says by whom.`}{" "}
            It cannot be brought back.
          </Text>
        </>
      ),
      confirmLabel: "Delete recording",
      act: async () => {
        await answerOf(api.DELETE("/api/v1/recordings/{id}", { params: { path: { id } } }));
        onClose();
        await refreshRecordings(client);
      },
      done: "The recording was deleted.",
    });
  }
  return (
    <Stack gap="xs" align="flex-start">
      <Title order={3}>Delete the recording</Title>
      <Button variant="outline" color="red" onClick={ask}>
        Delete recording
      </Button>
    </Stack>
  );
}
