// The page Security, User authentication: passwords, lockout and dormancy of one owner.
import { Text } from "@mantine/core";
import { countOf } from "../../accounts/user-words.ts";
import { readAuthenticationDraft, toAuthenticationDraft } from "./authentication-draft.ts";
import type { AuthenticationDraft } from "./authentication-draft.ts";
import { describeRuleChanges, RULE_WORDS } from "./authentication-rules.ts";
import { LockedUsersCard, useRuledUsers } from "./policy-evidence.tsx";
import type { RuledUsers } from "./policy-evidence.tsx";
import { RuleCard } from "./rule-card.tsx";
import { usersAwayFor } from "./ruled-users.ts";
import { useSectionEditor } from "./section-editor.ts";
import { SectionPage, SectionRulesForm } from "./section-page.tsx";
import type { SectionRulesProps } from "./section-page.tsx";

const SECTION = "user-authentication";

const FORM = {
  toDraft: toAuthenticationDraft,
  readDraft: (draft: AuthenticationDraft) => readAuthenticationDraft(draft).rules,
};

export function UserAuthenticationPage() {
  return (
    <SectionPage
      section={SECTION}
      title="User authentication"
      sentence="What passwords have to be, and when users are locked. Each account has its own."
      Rules={Rules}
    />
  );
}

function Rules({ account, answer }: SectionRulesProps<typeof SECTION>) {
  const editor = useSectionEditor({ section: SECTION, account }, answer, FORM);
  const { base, draft, value } = editor;
  const { faults } = readAuthenticationDraft(draft);
  const ruled = useRuledUsers(account);
  return (
    <SectionRulesForm
      section={SECTION}
      account={account}
      editor={editor}
      describeChanges={describeRuleChanges}
      evidence={<LockedUsersCard ruled={ruled} />}
    >
      {RULE_WORDS.map((words) => (
        <RuleCard
          key={words.key}
          words={words}
          draft={draft[words.key]}
          defaults={base.default}
          fault={faults[words.key]}
          onChange={(rule) => editor.setDraft({ ...draft, [words.key]: rule })}
          evidence={
            words.key === "dormancy" && value?.dormancy.enabled === true ? (
              <AwayText ruled={ruled} months={value.dormancy.months} />
            ) : null
          }
        />
      ))}
    </SectionRulesForm>
  );
}

type AwayTextProps = { readonly ruled: RuledUsers | null; readonly months: number };

/** Switching this on may lock people at once: better seen before than heard afterwards. */
function AwayText({ ruled, months }: AwayTextProps) {
  if (ruled === null) return null;
  const count = usersAwayFor(ruled.users, months, Date.now()).length;
  return (
    <Text size="sm" role="status">
      {count === 0
        ? "Nobody has stayed away that long."
        : `${countOf(count, "user")} stayed away that long and would be locked at once.`}
    </Text>
  );
}
