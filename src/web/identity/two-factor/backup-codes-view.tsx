// The ten backup codes, which are seen this once: to copy, to download and to print.
import { Alert, Button, Group, Portal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { WarningIcon } from "../../shell/icons.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { signInPageQuery } from "../../shell/sign-in-page-query.ts";
import { CopyTextButton } from "./copy-text-button.tsx";
import type { ShownOnce } from "./shown-once.ts";
import "./backup-codes-view.css";

export type BackupCodesViewProps = {
  readonly codes: readonly string[];
  /** Of `useShownOnce`: knows whether the codes were kept, and asks before they go. */
  readonly once: ShownOnce;
};

const ADVICE =
  "Each opens your sign-in once when you have neither your app nor your mail at hand. Keep them " +
  "where you keep your passwords, not in the mailbox that your codes are sent to.";

export function BackupCodesView({ codes, once }: BackupCodesViewProps) {
  const portalName = useQuery(signInPageQuery).data?.portalName ?? "Postern";
  const text = describeCodes(codes, portalName);
  return (
    <Stack gap="md">
      <Text size="sm">
        <strong>These are your backup codes. They are shown only now.</strong> {ADVICE}
      </Text>
      <CodeList codes={codes} />
      <Group gap="xs">
        <CopyTextButton text={codes.join("\n")} label="Copy" onCopied={once.keep} />
        <Button variant="default" size="xs" onClick={() => download(text, once.keep)}>
          Download
        </Button>
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            window.print();
            once.keep();
          }}
        >
          Print
        </Button>
      </Group>
      <div role="alert">{once.isAsked ? <LastWords /> : null}</div>
      <Group justify="flex-end">
        <Button onMouseDown={keepFocus} onClick={once.close}>
          Done
        </Button>
      </Group>
      <PrintSheet codes={codes} portalName={portalName} />
    </Stack>
  );
}

function CodeList({ codes }: { readonly codes: readonly string[] }) {
  return (
    <ol className="postern-codes" aria-label="Backup codes">
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ol>
  );
}

function LastWords() {
  return (
    <Alert color="red" variant="light" icon={<WarningIcon />} role="presentation">
      <Text size="sm">
        You have not copied, downloaded or printed the codes. They cannot be shown again. Press Done
        once more if you have kept them in another way.
      </Text>
    </Alert>
  );
}

/** Straight below the body, so that the print style can leave out everything else. */
function PrintSheet({ codes, portalName }: { codes: readonly string[]; portalName: string }) {
  return (
    <Portal className="postern-print-sheet" reuseTargetNode={false} aria-hidden>
      <p>
        Backup codes for {portalName} at {window.location.host}. Each can be used once.
      </p>
      <ol>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
    </Portal>
  );
}

function describeCodes(codes: readonly string[], portalName: string): string {
  return [
    `Backup codes for ${portalName} at ${window.location.host}`,
    "Each can be used once in place of a code from the app or the mail.",
    "",
    ...codes,
    "",
  ].join("\r\n");
}

function download(text: string, onDownloaded: () => void): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "backup-codes.txt";
  link.click();
  URL.revokeObjectURL(url);
  onDownloaded();
}
