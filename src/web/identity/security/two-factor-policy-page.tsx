// The page Security, 2FA authentication: how often a second factor is asked for, and of whom.
import type { TwoFactorRules } from "../../../core/identity/identity-policy.ts";
import { FactorEvidenceCard } from "./factor-evidence.tsx";
import { useRuledUsers } from "./policy-evidence.tsx";
import { useSectionEditor } from "./section-editor.ts";
import { SectionPage, SectionRulesForm } from "./section-page.tsx";
import type { SectionRulesProps } from "./section-page.tsx";
import { FrequencyCard, RequireCard } from "./two-factor-rule-cards.tsx";
import { describeTwoFactorChanges } from "./two-factor-words.ts";

const SECTION = "two-factor";
/** Nothing is typed here: what is chosen is what is saved. */
const FORM = {
  toDraft: (rules: TwoFactorRules) => rules,
  readDraft: (rules: TwoFactorRules) => rules,
};

export function TwoFactorPolicyPage() {
  return (
    <SectionPage
      section={SECTION}
      title="2FA authentication"
      sentence="When a sign-in asks for a second factor. Each account has its own rules."
      Rules={Rules}
    />
  );
}

function Rules({ account, answer }: SectionRulesProps<typeof SECTION>) {
  const editor = useSectionEditor({ section: SECTION, account }, answer, FORM);
  const { base, draft } = editor;
  const ruled = useRuledUsers(account);
  const cardProps = { draft, saved: base.value, defaults: base.default, users: base.users };
  return (
    <SectionRulesForm
      section={SECTION}
      account={account}
      editor={editor}
      describeChanges={describeTwoFactorChanges}
      evidence={<FactorEvidenceCard ruled={ruled} isRequired={draft.required.enabled} />}
    >
      <FrequencyCard {...cardProps} onChange={editor.setDraft} />
      <RequireCard {...cardProps} onChange={editor.setDraft} />
    </SectionRulesForm>
  );
}
