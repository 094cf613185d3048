// The browsers in which the second factor is not asked for, until when, and how to end it.
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { TrustedBrowserAnswer } from "../../../api/two-factor-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { EmptyState } from "../../shell/empty-state.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { PlaceTable } from "../settings/place-table.tsx";
import { twoFactorQuery } from "./two-factor-query.ts";
import type { HeardTwoFactor } from "./two-factor-query.ts";

export function TrustedBrowsersCard({ known }: { readonly known: HeardTwoFactor }) {
  const { trustedBrowsers, frequency } = known;
  return (
    <SettingCard
      title="Trusted browsers"
      sentence="Browsers in which your password is enough for 14 days. End whatever is not yours."
      control={trustedBrowsers.length > 1 ? <DistrustAll count={trustedBrowsers.length} /> : null}
    >
      {trustedBrowsers.length === 0 ? (
        <EmptyState title="No browser is trusted">
          {frequency === "every-login"
            ? "Your account asks for the second factor at every sign-in."
            : "Tick “Trust this browser” when you enter your code, and it stands here."}
        </EmptyState>
      ) : (
        <Browsers browsers={trustedBrowsers} />
      )}
    </SettingCard>
  );
}

function Browsers({ browsers }: { readonly browsers: readonly TrustedBrowserAnswer[] }) {
  const client = useQueryClient();
  function ask({ id, device, address }: TrustedBrowserAnswer): void {
    askToConfirm({
      title: "Trust this browser no more?",
      changes:
        `The next sign-in in ${device}, last seen at ${address}, asks for the ` +
        "second factor again. A session that is open there stays open.",
      confirmLabel: "End the trust",
      done: "The browser is not trusted any more.",
      act: async () => {
        const params = { path: { id } };
        await answerOf(api.DELETE("/api/v1/me/trusted-browsers/{id}", { params }));
        await client.invalidateQueries(twoFactorQuery);
      },
    });
  }
  return (
    <PlaceTable
      placeLabel="Browser and place"
      columns={[
        {
          label: "Last sign-in",
          cell: { visibleFrom: "sm" },
          timeOf: ({ lastUsedAt }) => lastUsedAt,
        },
        { label: "Ends", timeOf: ({ expiresAt }) => expiresAt },
      ]}
      rows={browsers}
      action={{
        label: "End",
        describe: ({ device, address }) => `End the trust in ${device}, last seen at ${address}`,
        act: ask,
      }}
    />
  );
}

function DistrustAll({ count }: { readonly count: number }) {
  const client = useQueryClient();
  function ask(): void {
    askToConfirm({
      title: "Trust no browser any more?",
      changes: `The next sign-in in each of the ${count} asks for the second factor again.`,
      confirmLabel: "End the trust in all",
      done: "No browser is trusted any more.",
      act: async () => {
        await answerOf(api.DELETE("/api/v1/me/trusted-browsers"));
        await client.invalidateQueries(twoFactorQuery);
      },
    });
  }
  return (
    <Button variant="default" size="sm" onClick={ask}>
      End all
    </Button>
  );
}
