// The rules that a new password keeps, ticked while it is typed.
import { List, Text, VisuallyHidden } from "@mantine/core";
import type { PasswordRulesAnswer } from "../../api/passwords-api.ts";
import { CheckIcon, CircleIcon, InfoIcon } from "../shell/icons.tsx";
import { ruleLines } from "./password-rule-lines.ts";

export type PasswordRuleListProps = {
  readonly rules: PasswordRulesAnswer;
  readonly password: string;
  readonly id: string;
};

export function PasswordRuleList({ rules, password, id }: PasswordRuleListProps) {
  return (
    <List id={id} size="sm" spacing={2} center listStyleType="none" aria-label="The password needs">
      {ruleLines(rules, password).map(({ text, isKept }) => (
        <List.Item key={text} icon={<RuleSign isKept={isKept} />}>
          <Text span size="sm" c={isKept === true ? "var(--mantine-color-text)" : "dimmed"}>
            {text}
            <VisuallyHidden>{SPOKEN[String(isKept)]}</VisuallyHidden>
          </Text>
        </List.Item>
      ))}
    </List>
  );
}

const SPOKEN: Readonly<Record<string, string>> = {
  true: ", kept",
  false: ", not yet",
  null: ", checked when you save",
};

function RuleSign({ isKept }: { readonly isKept: boolean | null }) {
  const color = isKept === true ? "var(--postern-good)" : "var(--mantine-color-dimmed)";
  return (
    <span style={{ display: "inline-flex", color }}>
      {isKept === null ? <InfoIcon size={16} /> : null}
      {isKept === true ? <CheckIcon size={16} /> : null}
      {isKept === false ? <CircleIcon size={16} /> : null}
    </span>
  );
}
