// Examples of who would be decided differently, those with most requests first.
import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { PreviewAnswer } from "../../api/preview-api.ts";
import { countryTitle } from "../journal/country-marks.ts";
import { reasonName } from "../journal/reason-words.ts";
import { surfaceName } from "../journal/surface-words.ts";
import { RowTable } from "../shell/row-table.tsx";
import type { RowColumn } from "../shell/row-table.tsx";
import { TimeText } from "../shell/time-text.tsx";

type Example = PreviewAnswer["differences"]["examples"][number];

/** So that saving, below, stays near where the rows are cards. */
const SHOWN_AT_FIRST = 5;

const COLUMNS: readonly RowColumn<Example>[] = [
  {
    label: "Who",
    cell: ({ address, country, users }) => (
      <div style={{ minWidth: 150 }}>
        <Text size="sm" fw={500} className="postern-breakable">
          {address}
        </Text>
        <Text size="xs" c="dimmed" className="postern-breakable">
          {[countryTitle(country), ...users.map(({ name }) => name)].join(" · ")}
        </Text>
      </div>
    ),
  },
  {
    label: "Asked for",
    cell: ({ surface, account, lastAt }) => (
      <div>
        {account === null ? surfaceName(surface) : `${surfaceName(surface)}, ${account}`}
        <Text size="xs" c="dimmed">
          <TimeText at={lastAt} />
        </Text>
      </div>
    ),
  },
  { label: "Requests", isFigure: true, cell: ({ requests }) => requests.toLocaleString("en") },
  {
    label: "Now → then",
    cell: ({ before, after }) => `${tellOutcome(before)} → ${tellOutcome(after)}`,
  },
];

const VERDICTS = { pass: "Passes", refuse: "Refused", monitor: "Recorded" } as const;

function tellOutcome({ verdict, reason }: Example["before"]): string {
  return verdict === "pass" ? VERDICTS.pass : `${VERDICTS[verdict]}: ${reasonName(reason)}`;
}

export function PreviewExamples({ examples }: { readonly examples: readonly Example[] }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? examples : examples.slice(0, SHOWN_AT_FIRST);
  return (
    <Stack gap={6}>
      <RowTable
        label="Who would be decided differently, busiest first"
        columns={COLUMNS}
        rows={shown}
        keyOf={keyOf}
      />
      {examples.length > shown.length ? (
        <Button variant="default" size="xs" w="fit-content" onClick={() => setWhole(true)}>
          Show all {examples.length}
        </Button>
      ) : null}
    </Stack>
  );
}

/** An address that is over a limit and banned for it stands there twice. */
function keyOf({ address, surface, account, before, after }: Example): string {
  return [address, surface, account, before.reason, after.verdict, after.reason].join(" ");
}
