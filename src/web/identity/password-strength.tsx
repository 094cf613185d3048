// How hard a typed password is to guess, as the server judges it a moment after typing.
import { Group, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";

const ASKED_AFTER_MS = 400;
const WORDS_MAX = 5;

const WORDS = [
  "Guessed at once",
  "Easy to guess",
  "Could be harder to guess",
  "Hard to guess",
  "Very hard to guess",
] as const;

const COLORS = ["bad", "bad", "warn", "good", "good"] as const;

export type PasswordStrengthProps = {
  readonly password: string;
  /** What must not be in it: the person's name and address. */
  readonly words: readonly string[];
};

export function PasswordStrength({ password, words }: PasswordStrengthProps) {
  const { data } = useAssessment({ password, words });
  const shown = password === "" ? undefined : data;
  const score = shown === undefined ? null : shown.isCommon ? 0 : shown.score;
  const advice = [shown?.warning, ...(shown?.suggestions ?? [])].filter(Boolean).join(" ");
  return (
    <Stack gap={4}>
      <Group gap={4} grow aria-hidden>
        {[1, 2, 3, 4].map((step) => (
          <div
            key={step}
            style={{
              height: 5,
              borderRadius: 3,
              background:
                score !== null && step <= Math.max(1, score)
                  ? `var(--postern-${COLORS[score] ?? "bad"})`
                  : "var(--postern-line)",
            }}
          />
        ))}
      </Group>
      <Text size="sm" mih={21} aria-live="polite">
        {score === null ? "" : `${WORDS[score] ?? ""}. ${advice}`}
      </Text>
    </Stack>
  );
}

/** The password is never part of a key that outlives the field. */
function useAssessment({ password, words }: PasswordStrengthProps) {
  const [asked] = useDebouncedValue(password, ASKED_AFTER_MS);
  const told = words.filter((word) => word !== "").slice(0, WORDS_MAX);
  return useQuery({
    queryKey: ["password-assessment", asked, told],
    queryFn: ({ signal }) =>
      answerOf(
        api.POST("/api/v1/password-assessments", {
          body: { password: asked, words: told },
          signal,
        }),
      ),
    enabled: asked !== "",
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
}
