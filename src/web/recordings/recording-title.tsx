// What was recorded: on which number, from whom, when, and what it is called.
import { Stack, Text, Title } from "@mantine/core";
import { groupDigits } from "../accounts/group-digits.ts";
import type { LinkedRecordingAnswer } from "./recordings-queries.ts";
import { callFrom } from "./caller-name.ts";

const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" });

type Titled = Pick<
  LinkedRecordingAnswer,
  "number" | "numberLabel" | "caller" | "recordedAt" | "name"
>;

export function RecordingTitle({ recording }: { readonly recording: Titled }) {
  const { number, numberLabel, caller, recordedAt, name } = recording;
  return (
    <Stack gap={4}>
      {numberLabel === "" ? null : (
        <Text size="sm" c="dimmed" className="postern-breakable">
          {numberLabel}
        </Text>
      )}
      <Title order={1}>{groupDigits(number)}</Title>
      <Text className="postern-breakable">
        {asBeginning(callFrom(caller))},{" "}
        <time dateTime={recordedAt}>{exact.format(Date.parse(recordedAt))}</time>
      </Text>
      {name === "" ? null : (
        <Text size="sm" c="dimmed" className="postern-breakable" lineClamp={2}>
          {/* Written by another system, in letters of any direction. */}
          <bdi>{name}</bdi>
        </Text>
      )}
    </Stack>
  );
}

function asBeginning(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
