// Asks for the password or a code whenever a change needs it, then goes on with what was begun.
import { Modal } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReactNode } from "react";
import { connectionsQuery } from "../single-sign-on/connections-query.ts";
import { ownTimeMs } from "./countdown.tsx";
import { isProofRequired, proofCancelled, ProofContext } from "./prove.ts";
import type { Prove } from "./prove.ts";
import { ProofForm } from "./proof-form.tsx";
import { twoFactorQuery } from "./two-factor-query.ts";

/** Rather asked a little early than refused in the middle. */
const SPARE_MS = 15_000;

const ABOVE_DIALOGS = 250;

type Asked = { readonly settle: (isProved: boolean) => void };

export function ProofProvider({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  // Known before it asks: the dialog opens with its field in it, and the focus in the field.
  useQuery(twoFactorQuery);
  useQuery(connectionsQuery);

  async function ask(): Promise<void> {
    const isShown = await new Promise<boolean>((resolve) => {
      setAsked({
        settle: (isProved) => {
          setAsked(null);
          resolve(isProved);
        },
      });
    });
    if (!isShown) throw proofCancelled();
  }

  const prove: Prove = async (act) => {
    if (!isStillProved(client)) await ask();
    try {
      return await act();
    } catch (error) {
      if (!isProofRequired(error)) throw error;
      await ask();
      return act();
    }
  };

  return (
    <ProofContext value={{ prove, isAsking: asked !== null }}>
      {children}
      <Modal
        opened={asked !== null}
        onClose={() => asked?.settle(false)}
        title="Show that it is you"
        closeOnClickOutside={false}
        // Above the dialog in which the proof ran out.
        zIndex={ABOVE_DIALOGS}
      >
        <ProofForm
          onProved={(provedUntil) => {
            client.setQueryData(twoFactorQuery.queryKey, (known) =>
              known === undefined ? undefined : { ...known, provedUntil },
            );
            asked?.settle(true);
          }}
          onCancel={() => asked?.settle(false)}
        />
      </Modal>
    </ProofContext>
  );
}

/** As far as this page knows; the server decides. */
function isStillProved(client: QueryClient): boolean {
  const known = client.getQueryData(twoFactorQuery.queryKey);
  if (known === undefined || known.provedUntil === null) return false;
  return ownTimeMs(known.provedUntil, known) - SPARE_MS > Date.now();
}
