// Asks once more who is there: the password, a code of any method that is on, or a passkey.
import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ButtonLink } from "../../shell/page-links.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { arePasskeysPossible } from "../passkeys/passkeys-possible.ts";
import { connectionsQuery } from "../single-sign-on/connections-query.ts";
import { ProofByCode } from "./proof-by-code.tsx";
import { ProofByPasskey } from "./proof-by-passkey.tsx";
import { ProofByPassword } from "./proof-by-password.tsx";
import { twoFactorQuery } from "./two-factor-query.ts";
import type { HeardTwoFactor } from "./two-factor-query.ts";

export type ProofFormProps = {
  /** @param provedUntil on the server's clock */
  readonly onProved: (provedUntil: string) => void;
  readonly onCancel: () => void;
};

type Way = "password" | "app" | "email" | "passkey" | "backup-code";

const WAY_LABELS: Readonly<Record<Way, string>> = {
  password: "Password",
  app: "Code of the authenticator app",
  email: "Code by e-mail",
  passkey: "Passkey",
  "backup-code": "Backup code",
};

export function ProofForm(props: ProofFormProps) {
  const factors = useQuery(twoFactorQuery);
  const connections = useQuery(connectionsQuery);
  return (
    <Stack gap="md">
      <Text size="sm">
        This changes how you sign in, so show once more that it is you. It is good for ten minutes.
      </Text>
      <QueryView query={factors}>
        {(known) => (
          <QueryView query={connections}>
            {({ hasPassword }) => {
              const ways = waysOf(known, hasPassword);
              return ways.length === 0 ? (
                <NoWay onCancel={props.onCancel} />
              ) : (
                <Ways known={known} ways={ways} {...props} />
              );
            }}
          </QueryView>
        )}
      </QueryView>
    </Stack>
  );
}

/** Whoever signs in only by a provider, which cannot be asked in the middle of a change. */
function NoWay({ onCancel }: Pick<ProofFormProps, "onCancel">) {
  return (
    <>
      <Text size="sm">
        You have no password and no second factor to show it with. Get a password first: a link by
        mail leads to it. Then come back here.
      </Text>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <ButtonLink to="/settings/password" onClick={onCancel}>
          Get a password
        </ButtonLink>
      </Group>
    </>
  );
}

type WaysProps = ProofFormProps & {
  readonly known: HeardTwoFactor;
  readonly ways: readonly Way[];
};

function Ways({ known, ways, ...props }: WaysProps) {
  const [chosen, setChosen] = useState<Way | null>(null);
  const way = chosen ?? ways[0];
  return (
    <>
      {ways.length === 1 ? null : (
        <NativeSelect
          label="Show it with"
          data={ways.map((value) => ({ value, label: WAY_LABELS[value] }))}
          value={way}
          onChange={(event) => setChosen(event.currentTarget.value as Way)}
        />
      )}
      {way === "password" ? <ProofByPassword {...props} /> : null}
      {way === "passkey" ? <ProofByPasskey {...props} /> : null}
      {way === "app" || way === "email" || way === "backup-code" ? (
        // Another way begins with an empty field.
        <ProofByCode key={way} method={way} known={known} {...props} />
      ) : null}
    </>
  );
}

function waysOf(known: HeardTwoFactor, hasPassword: boolean): readonly Way[] {
  const { app, email, passkeys, backupCodes } = known;
  const has: Readonly<Record<Way, boolean>> = {
    password: hasPassword,
    app: app !== null,
    email: email !== null,
    passkey: passkeys.length > 0 && arePasskeysPossible(),
    "backup-code": (backupCodes?.left ?? 0) > 0,
  };
  return (Object.keys(has) as readonly Way[]).filter((way) => has[way]);
}
