// What an import would change and for whom, before it is made: asked when its button is pressed.
import { Button, Code, Text } from "@mantine/core";
import type { ImportPlanAnswer } from "../../api/import-plan-api.ts";
import { countOf } from "../accounts/user-words.ts";
import { PreviewPanel } from "../preview/preview-panel.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import type { AddressImport } from "./use-address-import.ts";

/** As the API takes them (`PROPOSED_ENTRIES_MAX`, whose file would bring its schemas here). */
const PREVIEWED_MAX = 10_000;
const COMMAND = "postern entry import FILE --dry-run";

type PlanProps = { readonly order: Pick<AddressImport, "plan" | "isPlanning" | "askPlan"> };

export function AddressImportPreview({ order }: PlanProps) {
  const { plan, isPlanning, askPlan } = order;
  if (plan?.changes != null && plan.changes.length > 0) {
    return (
      <>
        <Text size="sm" role="status">
          {countAdded(plan)}
        </Text>
        <PreviewPanel order={4} changes={plan.changes} isAskedAtOnce />
      </>
    );
  }
  return (
    <SettingCard
      title="Preview"
      order={4}
      sentence="What importing this would change, and for whom, decided over what came of late."
      control={
        <Button size="xs" variant="default" loading={isPlanning} onClick={() => void askPlan()}>
          Show preview
        </Button>
      }
    >
      <Text size="sm" role="status" {...(plan === null ? { c: "dimmed" } : {})}>
        {plan === null ? (
          "Press Show preview to see whom the list concerns. Nothing is saved by it."
        ) : (
          <Unpreviewed plan={plan} />
        )}
      </Text>
    </SettingCard>
  );
}

function Unpreviewed({ plan }: { readonly plan: ImportPlanAnswer }) {
  if (plan.changes !== null) return `${countAdded(plan)} Nobody would be decided differently.`;
  return (
    <>
      {countAdded(plan)} So many are not previewed, here or by <Code>{COMMAND}</Code>: at most{" "}
      {PREVIEWED_MAX.toLocaleString("en")} are. Import the list in parts to see whom each concerns.
    </>
  );
}

function countAdded({ added, unchanged }: ImportPlanAnswer): string {
  const there = unchanged === 0 ? "" : `, ${unchanged.toLocaleString("en")} are on it already`;
  return `${countOf(added, "entry", "entries")} would be added to the list${there}.`;
}
