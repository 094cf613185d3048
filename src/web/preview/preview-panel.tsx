// The panel of every page of rules: what the rules as they are drafted would do, before saving.
import { Button, Group, SegmentedControl, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { PREVIEW_PERIODS } from "../../api/preview-api.ts";
import type { PreviewedChange, PreviewPeriod } from "../../api/preview-api.ts";
import { ErrorState } from "../shell/error-state.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { PreviewFindings } from "./preview-findings.tsx";
import { previewQuery } from "./preview-query.ts";
import { tellPreview } from "./preview-sentences.ts";

/** Few changes lock anybody out, and every page of rules has a preview. */
const PreviewLockout = lazy(async () => ({
  default: (await import("./preview-lockout.tsx")).PreviewLockout,
}));

export type PreviewPanelProps = {
  /** What would be saved; empty: nothing is changed; null: something is not accepted yet. */
  readonly changes: readonly PreviewedChange[] | null;
  /** False: rules that no request of a visitor is decided by, whenever it came. */
  readonly isOfVisitors?: boolean;
  /** Of its heading. */
  readonly order?: 2 | 3 | 4;
  /** It was asked for before it was there. */
  readonly isAskedAtOnce?: boolean;
};

const PERIOD_NAMES: Readonly<Record<PreviewPeriod, string>> = {
  "24h": "24 hours",
  "7d": "7 days",
};
const PERIODS = PREVIEW_PERIODS.map((value) => ({ value, label: PERIOD_NAMES[value] }));

const SENTENCES = {
  visitors: "What saving this would change, and for whom, decided over what came of late.",
  people:
    "What saving this would change, and for whom, of the users, sessions and recordings there are.",
} as const;

export function PreviewPanel(props: PreviewPanelProps) {
  const { changes, isOfVisitors = true, order = 2, isAskedAtOnce = false } = props;
  const [period, setPeriod] = useState<PreviewPeriod>("24h");
  const text = changes === null || changes.length === 0 ? null : JSON.stringify(changes);
  // What was asked about: a draft that went on since then is asked about anew.
  const [askedText, setAskedText] = useState(isAskedAtOnce ? text : null);
  const isAsked = text !== null && text === askedText;
  const query = useQuery({
    ...previewQuery({ period, changes: changes ?? [] }),
    enabled: isAsked,
  });
  const preview = isAsked && !query.isError ? query.data : undefined;
  return (
    <SettingCard
      title="Preview"
      order={order}
      sentence={SENTENCES[isOfVisitors ? "visitors" : "people"]}
      control={
        <Group gap="xs">
          {isOfVisitors ? <PeriodChoice value={period} onChange={setPeriod} /> : null}
          <Button
            size="xs"
            variant="default"
            disabled={text === null}
            loading={isAsked && query.isFetching}
            onClick={() => (isAsked ? void query.refetch() : setAskedText(text))}
          >
            Show preview
          </Button>
        </Group>
      }
    >
      {preview === undefined || preview.lockout === null ? null : (
        <Suspense fallback={null}>
          <PreviewLockout lockout={preview.lockout} />
        </Suspense>
      )}
      {/* Read aloud is the sentence only: what was found in detail may be long. */}
      <Text
        size="sm"
        role="status"
        {...(preview === undefined ? { c: "dimmed" } : { fw: 550 })}
        hidden={isAsked && query.isError}
      >
        {preview === undefined
          ? sayWhy({ changes, wasAsked: askedText !== null, isAsking: isAsked })
          : tellPreview(preview, changes ?? [])}
      </Text>
      {isAsked && query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {preview === undefined ? null : <PreviewFindings preview={preview} />}
    </SettingCard>
  );
}

type PeriodChoiceProps = {
  readonly value: PreviewPeriod;
  readonly onChange: (period: PreviewPeriod) => void;
};

function PeriodChoice({ value, onChange }: PeriodChoiceProps) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="How far back"
      data={PERIODS}
      value={value}
      onChange={onChange}
    />
  );
}

function sayWhy(state: {
  readonly changes: PreviewPanelProps["changes"];
  readonly wasAsked: boolean;
  readonly isAsking: boolean;
}): string {
  if (state.changes === null) return "It is shown once what is entered above is accepted.";
  if (state.changes.length === 0) {
    return "Change something above, and see here whom it concerns, before it is saved.";
  }
  if (state.isAsking) return "Deciding anew what is recorded …";
  return state.wasAsked
    ? "The rules above were changed since it was shown. Show it again."
    : "Press Show preview to see whom the change concerns. Nothing is saved by it.";
}
