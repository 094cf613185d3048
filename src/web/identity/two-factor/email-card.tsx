// Two-factor by a code that is mailed to the user's own address.
import { answerOf, api } from "../../api/api.ts";
import { EmailSetupSteps } from "./email-setup-steps.tsx";
import { MethodCard } from "./method-card.tsx";
import type { HeardTwoFactor } from "./two-factor-query.ts";

export function EmailCard({ known }: { readonly known: HeardTwoFactor }) {
  return (
    <MethodCard
      title="E-mail authentication"
      sentence={`A six-digit code is mailed to ${known.sentTo} when you sign in.`}
      known={known}
      setUpAt={known.email?.setUpAt ?? null}
      Steps={EmailSetupSteps}
      lost="Codes by e-mail"
      turnOff={() => answerOf(api.DELETE("/api/v1/me/two-factor/email"))}
    />
  );
}
