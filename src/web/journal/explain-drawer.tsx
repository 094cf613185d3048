// Beside any page: why a request was refused, or what an address would meet now, step by step.
import { Drawer } from "@mantine/core";
import type { Surface } from "../../core/network/surface.ts";
import { AddressPart } from "./address-part.tsx";
import { DecisionPart } from "./decision-part.tsx";

/** What is asked: a decision as it was made, or what the gate would decide now. */
export type ExplainSubject =
  | { readonly kind: "decision"; readonly id: string }
  | {
      readonly kind: "address";
      readonly address: string;
      /** Default `portal`; can be changed in the drawer. */
      readonly surface?: Surface;
      /** An account's code; null: no account is known. */
      readonly account?: string | null;
    };

export type ExplainDrawerProps = {
  /** Null: closed. */
  readonly subject: ExplainSubject | null;
  readonly onClose: () => void;
};

export function ExplainDrawer({ subject, onClose }: ExplainDrawerProps) {
  return (
    <Drawer opened={subject !== null} onClose={onClose} size={640} title={titleOf(subject)}>
      {subject === null ? null : <Body subject={subject} />}
    </Drawer>
  );
}

function titleOf(subject: ExplainSubject | null): string {
  if (subject === null) return "";
  return subject.kind === "decision" ? "Decision explained" : "What the gate decides now";
}

function Body({ subject }: { readonly subject: ExplainSubject }) {
  switch (subject.kind) {
    case "decision":
      return <DecisionPart key={subject.id} id={subject.id} />;
    case "address":
      return <AddressPart key={subject.address} subject={subject} />;
    default:
      return subject satisfies never;
  }
}
