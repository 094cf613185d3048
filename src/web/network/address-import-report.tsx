// What came of an import: how many were added, or every line that was refused, by its number.
import { Alert, Anchor, Button, Group, List, ScrollArea, Stack, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { ImportAnswer } from "../../api/entry-api.ts";
import { countOf } from "../accounts/user-words.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { CheckIcon, WarningIcon } from "../shell/icons.tsx";

export type BadLinesProps = {
  readonly problem: ApiProblem;
  /** Leads to the line; null: it is not on the page. */
  readonly onShow: ((line: number) => void) | null;
};

export function BadLines({ problem, onShow }: BadLinesProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [problem]);
  const { errors } = problem;
  const count = Number(problem.members["errorCount"] ?? errors.length);
  return (
    <div role="alert" tabIndex={-1} ref={box} style={{ borderRadius: 8 }}>
      <Alert
        color="red"
        variant="light"
        icon={<WarningIcon />}
        role="presentation"
        title={`Nothing was stored: ${countOf(count, "line")} cannot be taken`}
      >
        <ScrollArea.Autosize mah={220} viewportProps={{ tabIndex: 0, "aria-label": "Bad lines" }}>
          <List size="sm" spacing={4} listStyleType="none">
            {errors.map(({ line = 0, message }) => (
              <List.Item key={`${line} ${message}`} className="postern-breakable">
                {onShow === null ? (
                  <b>Line {line}</b>
                ) : (
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    fw={650}
                    onClick={() => onShow(line)}
                  >
                    Line {line}
                  </Anchor>
                )}
                : <bdi>{message}</bdi>
              </List.Item>
            ))}
          </List>
          {count > errors.length ? (
            <Text size="sm">And {(count - errors.length).toLocaleString("en")} more.</Text>
          ) : null}
        </ScrollArea.Autosize>
        <Text size="sm" mt="xs">
          Put them right and import again; what is on the list already is left as it is.
        </Text>
      </Alert>
    </div>
  );
}

export type ImportDoneProps = {
  readonly answer: ImportAnswer;
  readonly onClose: () => void;
  readonly onMore: () => void;
};

export function ImportDone({ answer, onClose, onMore }: ImportDoneProps) {
  const { added, unchanged, warnings } = answer;
  return (
    <Stack gap="md">
      <Alert
        color="harbour"
        variant="light"
        icon={<CheckIcon />}
        role="status"
        title={`${countOf(added, "entry", "entries")} added`}
      >
        <Text size="sm">
          {unchanged === 0
            ? "They hold from now on."
            : `They hold from now on. ${countOf(unchanged, "line")} more ${
                unchanged === 1 ? "was" : "were"
              } on the list already.`}
        </Text>
        {warnings.map((warning) => (
          <Text size="sm" key={warning}>
            {warning}
          </Text>
        ))}
      </Alert>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onMore}>
          Import more
        </Button>
        <Button onClick={onClose} data-autofocus>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
