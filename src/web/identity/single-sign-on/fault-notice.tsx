// Says on the page that people come back to why a provider brought them nothing.
import { Alert, Group, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { ProviderButton } from "../../../api/connection-api.ts";
import type { SignInFault } from "../../../core/identity/single-sign-on/sign-in-fault.ts";
import { InfoIcon, WarningIcon } from "../../shell/icons.tsx";
import { ButtonLink } from "../../shell/page-links.tsx";
import { describeSignInFault } from "./sign-in-fault-words.ts";
import type { FaultTold } from "./sign-in-fault-words.ts";

export type FaultNoticeProps = {
  readonly fault: SignInFault;
  readonly providerId: string | undefined;
  /** Those that the page knows by name. */
  readonly providers: readonly ProviderButton[];
  readonly doing: FaultTold["doing"];
  readonly onClose?: () => void;
};

/** Takes the focus: it is what somebody who was led back here has to know first. */
export function FaultNotice(props: FaultNoticeProps) {
  const { fault, providerId, providers, doing, onClose } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const providerName = providers.find(({ id }) => id === providerId)?.name ?? null;
  const { title, text, canReset } = describeSignInFault({ fault, providerName, doing });
  // Whoever went back themselves is told, not warned.
  const isOwnDoing = fault === "provider-cancelled";
  return (
    <div
      role="alert"
      tabIndex={-1}
      ref={box}
      className="postern-form-problem"
      style={{ outline: "none" }}
    >
      <Alert
        color={isOwnDoing ? "harbour" : "red"}
        variant="light"
        icon={isOwnDoing ? <InfoIcon /> : <WarningIcon />}
        title={title}
        role="presentation"
        {...(onClose === undefined
          ? {}
          : { withCloseButton: true, closeButtonLabel: "Close this notice", onClose })}
      >
        <Text size="sm" className="postern-breakable">
          {text}
        </Text>
        {canReset === true ? (
          <Group mt="sm">
            <ButtonLink to="/forgotten-password" variant="default" size="xs">
              Choose a new password
            </ButtonLink>
          </Group>
        ) : null}
      </Alert>
    </div>
  );
}
