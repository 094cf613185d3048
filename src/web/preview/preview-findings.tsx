// What a preview found: how many, who, for which reasons, with examples.
import { Group, List, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PreviewAnswer } from "../../api/preview-api.ts";
import { countryTitle } from "../journal/country-marks.ts";
import { reasonName } from "../journal/reason-words.ts";
import { surfaceName } from "../journal/surface-words.ts";
import { StatusMark } from "../shell/status-mark.tsx";
import { tellEffect, toneOfEffect } from "./effect-words.ts";
import { PreviewExamples } from "./preview-examples.tsx";
import { tellNote, tellVerdict, toneOfVerdict } from "./preview-sentences.ts";
import type { ShownTone } from "./preview-sentences.ts";

const SHOWN_MAX = 5;
const TONES = { loss: "bad", gain: "good", note: "quiet" } as const;
const TONE_WORDS: Readonly<Record<ShownTone, string>> = {
  loss: "Loses",
  gain: "Gains",
  note: "Note",
};

export function PreviewFindings({ preview }: { readonly preview: PreviewAnswer }) {
  const { differences, effects, notes } = preview;
  return (
    <Stack gap="sm">
      {differences.verdicts.length + effects.length === 0 ? null : (
        <Stack gap={6}>
          {differences.verdicts.map((verdict) => (
            <Finding key={tellVerdict(verdict)} tone={toneOfVerdict(verdict)}>
              {tellVerdict(verdict)}
            </Finding>
          ))}
          {effects.map((effect) => (
            <Finding key={`${effect.account ?? "*"}:${effect.code}`} tone={toneOfEffect(effect)}>
              {tellEffect(effect)}
              {effect.users.names.length === 0 ? null : (
                <Text span size="sm" c="dimmed">
                  {" "}
                  {nameSome(effect.users)}
                </Text>
              )}
            </Finding>
          ))}
        </Stack>
      )}
      {differences.requests === 0 ? null : <Where differences={differences} />}
      {differences.examples.length === 0 ? null : (
        <PreviewExamples examples={differences.examples} />
      )}
      {notes.length === 0 ? null : (
        <List size="xs" c="dimmed">
          {notes.map((note) => (
            <List.Item key={note.code}>{tellNote(note)}</List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}

function Finding(props: { readonly tone: ShownTone; readonly children: ReactNode }) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <StatusMark tone={TONES[props.tone]}>{TONE_WORDS[props.tone]}</StatusMark>
      <Text size="sm" className="postern-breakable">
        {props.children}
      </Text>
    </Group>
  );
}

function nameSome({ count, names }: PreviewAnswer["effects"][number]["users"]): string {
  const shown = names.slice(0, SHOWN_MAX).map(({ name }) => name);
  const more = count - shown.length;
  return `(${shown.join(", ")}${more > 0 ? ` and ${more.toLocaleString("en")} more` : ""})`;
}

type Share = { readonly name: string; readonly requests: number };

function Where({ differences }: { readonly differences: PreviewAnswer["differences"] }) {
  const rows: readonly (readonly [string, readonly Share[]])[] = [
    [
      "Countries",
      differences.countries.map(({ country, requests }) => ({
        name: countryTitle(country),
        requests,
      })),
    ],
    [
      "For",
      differences.surfaces.map(({ surface, requests }) => ({
        name: surfaceName(surface),
        requests,
      })),
    ],
    [
      "Accounts",
      differences.accounts.map(({ account, requests }) => ({
        name: account ?? "none known",
        requests,
      })),
    ],
    [
      "Because",
      differences.reasons.map(({ before, after, requests }) => ({
        name: `${reasonName(before)} → ${reasonName(after)}`,
        requests,
      })),
    ],
  ];
  return (
    <Stack gap={2} component="dl" m={0}>
      {rows.map(([name, shares]) => (
        <Group key={name} gap="xs" wrap="nowrap" align="flex-start">
          <Text component="dt" size="sm" c="dimmed" miw={84}>
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} className="postern-breakable">
            {listShares(shares)}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

function listShares(shares: readonly Share[]): string {
  const shown = shares
    .slice(0, SHOWN_MAX)
    .map(({ name, requests }) => `${name} ${requests.toLocaleString("en")}`);
  const more = shares.length - shown.length;
  return more > 0 ? `${shown.join(" · ")} and ${more} more` : shown.join(" · ");
}
