// How many backup codes are left, and a way to new ones before there are none.
import { Button, Group, Modal, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { BACKUP_CODES } from "../../../core/identity/second-factor.ts";
import { answerOf, api } from "../../api/api.ts";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { StatusMark } from "../../shell/status-mark.tsx";
import { TimeText } from "../../shell/time-text.tsx";
import { BackupCodesView } from "./backup-codes-view.tsx";
import { useProof } from "./prove.ts";
import { useShownOnce } from "./shown-once.ts";
import { methodsOn, twoFactorQuery } from "./two-factor-query.ts";
import type { HeardTwoFactor } from "./two-factor-query.ts";

/** With so many or fewer it is time for new ones. */
const FEW_CODES = 2;

export function BackupCodesCard({ known }: { readonly known: HeardTwoFactor }) {
  const { backupCodes } = known;
  const left = backupCodes?.left ?? 0;
  const isOn = methodsOn(known) > 0;
  return (
    <SettingCard
      title="Backup codes"
      sentence="Each opens your sign-in once, should your phone be lost or your mail be away."
      control={isOn ? <CountMark left={left} /> : <StatusMark tone="quiet">None</StatusMark>}
    >
      {isOn ? (
        <Codes left={left} createdAt={backupCodes?.createdAt ?? null} />
      ) : (
        <Text size="sm">They are made and shown when you set up your first method.</Text>
      )}
    </SettingCard>
  );
}

function CountMark({ left }: { readonly left: number }) {
  if (left > FEW_CODES) return <StatusMark tone="good">{`${left} left`}</StatusMark>;
  return <StatusMark tone={left === 0 ? "bad" : "warn"}>{`${left} left`}</StatusMark>;
}

function Codes({ left, createdAt }: { readonly left: number; readonly createdAt: string | null }) {
  return (
    <>
      <Text size="sm">
        {left} of {BACKUP_CODES} codes are left
        {createdAt === null ? "" : ", made "}
        {createdAt === null ? null : <TimeText at={createdAt} />}. {adviceFor(left)}
      </Text>
      <NewCodes left={left} />
    </>
  );
}

function adviceFor(left: number): string {
  if (left > FEW_CODES) return "";
  return left === 0
    ? "Make new ones now: without them a lost phone shuts you out until an administrator helps."
    : "Make new ones before they run out.";
}

function NewCodes({ left }: { readonly left: number }) {
  const client = useQueryClient();
  const { prove } = useProof();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const once = useShownOnce(codes !== null, () => setCodes(null));
  async function make(): Promise<void> {
    const made = await prove(() => answerOf(api.POST("/api/v1/me/two-factor/backup-codes")));
    setCodes(made.backupCodes);
    await client.invalidateQueries(twoFactorQuery);
  }
  return (
    <Group>
      <Button
        variant="default"
        onClick={() =>
          askToConfirm({
            title: "Make new backup codes?",
            changes:
              left === 0
                ? "You get ten new ones, which are shown once."
                : "You get ten new ones, which are shown once. " +
                  `The ${left} old ones that are left do not work any more.`,
            confirmLabel: "Make new codes",
            isDangerous: left > 0,
            act: make,
          })
        }
      >
        Make new codes
      </Button>
      <Modal
        opened={codes !== null}
        onClose={once.close}
        title="Your new backup codes"
        closeOnClickOutside={false}
      >
        {codes === null ? null : <BackupCodesView codes={codes} once={once} />}
      </Modal>
    </Group>
  );
}
