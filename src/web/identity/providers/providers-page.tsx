// The page Security, Single sign-on: the providers of the platform or an account, and the rule.
import { Stack } from "@mantine/core";
import type { SingleSignOnRules } from "../../../core/identity/identity-policy.ts";
import { useRuledUsers } from "../security/policy-evidence.tsx";
import { useSectionEditor } from "../security/section-editor.ts";
import { SectionPage, SectionRulesForm } from "../security/section-page.tsx";
import type { SectionRulesProps } from "../security/section-page.tsx";
import { AskFactorCard, AskFactorEvidence } from "./ask-factor-card.tsx";
import { describeSingleSignOnChanges } from "./provider-words.ts";
import { ProvidersCard } from "./providers-card.tsx";

const SECTION = "single-sign-on";
/** Nothing is typed here: what is chosen is what is saved. */
const FORM = {
  toDraft: (rules: SingleSignOnRules) => rules,
  readDraft: (rules: SingleSignOnRules) => rules,
};

export function ProvidersPage() {
  return (
    <SectionPage
      section={SECTION}
      title="Single sign-on"
      sentence="Signing in with Google, Microsoft or any other OpenID Connect provider."
      Rules={Rules}
    />
  );
}

function Rules({ account, answer }: SectionRulesProps<typeof SECTION>) {
  const editor = useSectionEditor({ section: SECTION, account }, answer, FORM);
  const ruled = useRuledUsers(account);
  return (
    <Stack gap="lg">
      <ProvidersCard account={account} />
      <SectionRulesForm
        section={SECTION}
        account={account}
        editor={editor}
        describeChanges={describeSingleSignOnChanges}
        evidence={<AskFactorEvidence ruled={ruled} />}
      >
        <AskFactorCard
          draft={editor.draft}
          defaults={editor.base.default}
          onChange={editor.setDraft}
        />
      </SectionRulesForm>
    </Stack>
  );
}
