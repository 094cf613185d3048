// The browsers known as one's own; a lockout by strangers may leave them open.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { BrowserAnswer } from "../../../api/sessions-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { EmptyState } from "../../shell/empty-state.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { PlaceTable } from "./place-table.tsx";

const KEY = ["me", "browsers"];

export function BrowsersCard() {
  const browsers = useQuery({
    queryKey: KEY,
    queryFn: () => answerOf(api.GET("/api/v1/me/browsers")),
    select: (answer) => answer.browsers,
  });
  return (
    <SettingCard
      title="Known browsers"
      sentence={
        "Browsers in which you have signed in before. If your account's rules say so, they stay " +
        "open when wrong passwords from elsewhere lock you out. Forget those you do not use."
      }
    >
      <QueryView query={browsers}>
        {(data) => (data.length === 0 ? <NoBrowsers /> : <Browsers browsers={data} />)}
      </QueryView>
    </SettingCard>
  );
}

function NoBrowsers() {
  return (
    <EmptyState title="No browser is known">
      The next one in which you sign in will stand here.
    </EmptyState>
  );
}

function Browsers({ browsers }: { readonly browsers: readonly BrowserAnswer[] }) {
  const queries = useQueryClient();
  function ask({ id, device, address }: BrowserAnswer): void {
    askToConfirm({
      title: "Forget this browser?",
      changes:
        `${device}, last seen at ${address}, is a stranger's at its next ` +
        "sign-in. A session that is open there stays open.",
      confirmLabel: "Forget it",
      done: "The browser is forgotten.",
      act: async () => {
        const params = { path: { id } };
        await answerOf(api.DELETE("/api/v1/me/browsers/{id}", { params }));
        await queries.invalidateQueries({ queryKey: KEY });
      },
    });
  }
  return (
    <PlaceTable
      placeLabel="Browser and place"
      columns={[
        { label: "Known since", cell: { visibleFrom: "sm" }, timeOf: ({ createdAt }) => createdAt },
        { label: "Last seen", cell: { visibleFrom: "xs" }, timeOf: ({ lastSeenAt }) => lastSeenAt },
      ]}
      rows={browsers}
      action={{
        label: "Forget",
        describe: ({ device, address }) => `Forget ${device}, last seen at ${address}`,
        act: ask,
      }}
    />
  );
}
