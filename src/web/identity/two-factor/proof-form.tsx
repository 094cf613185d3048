// Asks once more who is there: the password, a code of any method that is on, or a passkey.
import { NativeSelect, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { QueryView } from "../../shell/query-view.tsx";
import { arePasskeysPossible } from "../passkeys/passkeys-possible.ts";
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
  const query = useQuery(twoFactorQuery);
  return (
    <Stack gap="md">
      <Text size="sm">
        This changes how you sign in, so show once more that it is you. It is good for ten minutes.
      </Text>
      <QueryView query={query}>{(known) => <Ways known={known} {...props} />}</QueryView>
    </Stack>
  );
}

function Ways({ known, ...props }: ProofFormProps & { readonly known: HeardTwoFactor }) {
  const [way, setWay] = useState<Way>("password");
  const ways = waysOf(known);
  return (
    <>
      {ways.length === 1 ? null : (
        <NativeSelect
          label="Show it with"
          data={ways.map((value) => ({ value, label: WAY_LABELS[value] }))}
          value={way}
          onChange={(event) => setWay(event.currentTarget.value as Way)}
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

function waysOf({ app, email, passkeys, backupCodes }: HeardTwoFactor): readonly Way[] {
  const has: Readonly<Record<Way, boolean>> = {
    password: true,
    app: app !== null,
    email: email !== null,
    passkey: passkeys.length > 0 && arePasskeysPossible(),
    "backup-code": (backupCodes?.left ?? 0) > 0,
  };
  return (Object.keys(has) as readonly Way[]).filter((way) => has[way]);
}
