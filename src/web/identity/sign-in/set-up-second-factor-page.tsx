// Stands between a sign-in and everything else where the account requires a second factor.
import { Anchor, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { ReactNode } from "react";
import type { FactorOnAnswer } from "../../../api/two-factor-api.ts";
import type { FactorMethod } from "../../../core/identity/second-factor.ts";
import { queryClient } from "../../api/query-client.ts";
import { ErrorState } from "../../shell/error-state.tsx";
import { DevicesIcon, MailIcon } from "../../shell/icons.tsx";
import { LoadingLines } from "../../shell/loading-lines.tsx";
import { meQuery } from "../../shell/me.ts";
import { isLeadingAway } from "../../shell/stage-pages.ts";
import { PasskeyIcon } from "../passkeys/passkey-icon.tsx";
import { PasskeySetupSteps } from "../passkeys/passkey-setup-steps.tsx";
import { arePasskeysPossible } from "../passkeys/passkeys-possible.ts";
import { AppSetupSteps } from "../two-factor/app-setup-steps.tsx";
import { EmailSetupSteps } from "../two-factor/email-setup-steps.tsx";
import type { SetUpStep } from "../two-factor/set-up-step.ts";
import { CardHeader } from "./card-header.tsx";
import { goOn } from "./go-on.ts";
import { SignOutInstead } from "./sign-out-instead.tsx";
import { GoWhereNeeded, useSignedInElsewhere } from "./signed-in-elsewhere.tsx";
import "./method-button.css";

export function SetUpSecondFactorPage() {
  const { data: me, error, refetch } = useQuery(meQuery);
  const { with: method } = useSearch({ from: "/plain/set-up-second-factor" });
  const isChoosing = method === undefined || method === "backup-code";
  useSignedInElsewhere(isChoosing);
  const isAsked = me?.stage === "set-up-second-factor";
  // With the last step the sign-in is whole, but its backup codes are still to be read.
  const wasAsked = useRef(false);
  if (isAsked) wasAsked.current = true;
  if (me !== undefined) {
    if (!isAsked && (isChoosing || !wasAsked.current)) return <GoWhereNeeded />;
    return isChoosing ? <ChooseMethod email={me.email} /> : <SetUp method={method} />;
  }
  if (error !== null && !isLeadingAway(error)) {
    return <ErrorState error={error} onRetry={() => void refetch()} />;
  }
  return <LoadingLines lines={5} />;
}

function ChooseMethod({ email }: { readonly email: string }) {
  const navigate = useNavigate();
  function choose(method: FactorMethod): void {
    void navigate({ to: "/set-up-second-factor", search: { with: method } });
  }
  return (
    <>
      <CardHeader title="Set up a second factor">
        Your account requires one: something beside the password that shows that it is you. Choose
        which. You have ten minutes; then you sign in again.
      </CardHeader>
      <Stack gap="sm">
        <MethodButton
          icon={<DevicesIcon size={22} />}
          name="Authenticator app"
          onClick={() => choose("app")}
        >
          An app on your phone shows a new code every half minute, also without a network.
        </MethodButton>
        <MethodButton icon={<MailIcon size={22} />} name="E-mail" onClick={() => choose("email")}>
          A code is mailed to {email} each time.
        </MethodButton>
        {arePasskeysPossible() ? (
          <MethodButton
            icon={<PasskeyIcon size={22} />}
            name="Passkey"
            onClick={() => choose("passkey")}
          >
            Your finger, face or PIN on this device, on your phone or on a security key.
          </MethodButton>
        ) : null}
        <Text size="sm" c="dimmed">
          You can change this, and add another one, in User settings.
        </Text>
        <SignOutInstead />
      </Stack>
    </>
  );
}

type MethodButtonProps = {
  readonly icon: ReactNode;
  readonly name: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
};

function MethodButton({ icon, name, onClick, children }: MethodButtonProps) {
  return (
    <UnstyledButton className="postern-method-button" onClick={onClick}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <span className="postern-method-icon">{icon}</span>
        <Stack gap={2}>
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="dimmed" className="postern-breakable">
            {children}
          </Text>
        </Stack>
      </Group>
    </UnstyledButton>
  );
}

const STEPS = {
  app: AppSetupSteps,
  email: EmailSetupSteps,
  passkey: PasskeySetupSteps,
} as const satisfies Record<FactorMethod, unknown>;

function SetUp({ method }: { readonly method: FactorMethod }) {
  const router = useRouter();
  const navigate = useNavigate();
  const [isOn, setOn] = useState(false);
  const steps = {
    isReset: false,
    isCancelInFrame: true,
    frame: (step: SetUpStep) => <StepCard step={step} isOn={isOn} />,
    onOn: () => {
      setOn(true);
      void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
    },
    onCancel: () => void navigate({ to: "/set-up-second-factor", search: {}, replace: true }),
    onDone: ({ next }: FactorOnAnswer) => void goOn(router, { next, returnTo: null }),
  };
  const Steps = STEPS[method];
  return <Steps {...steps} />;
}

/** Once the method is on there is no way but forward. */
function StepCard({ step, isOn }: { readonly step: SetUpStep; readonly isOn: boolean }) {
  return (
    <>
      <CardHeader title={step.title} />
      <Stack gap="lg">
        {step.content}
        {isOn ? null : (
          <Stack gap={4} align="flex-start">
            <Anchor component="button" type="button" size="sm" onClick={step.close}>
              Choose another way
            </Anchor>
            <SignOutInstead />
          </Stack>
        )}
      </Stack>
    </>
  );
}
