// Two-factor by an authenticator app (RFC 6238), such as Google Authenticator.
import { answerOf, api } from "../../api/api.ts";
import { AppSetupSteps } from "./app-setup-steps.tsx";
import { MethodCard } from "./method-card.tsx";
import type { HeardTwoFactor } from "./two-factor-query.ts";

export function AppCard({ known }: { readonly known: HeardTwoFactor }) {
  return (
    <MethodCard
      title="Authenticator app"
      sentence="An app on your phone shows a new six-digit code every half minute, also offline."
      known={known}
      setUpAt={known.app?.setUpAt ?? null}
      Steps={AppSetupSteps}
      lost="Codes of the app"
      turnOff={() => answerOf(api.DELETE("/api/v1/me/two-factor/app"))}
    />
  );
}
