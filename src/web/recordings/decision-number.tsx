// The number of a refusal, with the words of the page by which the gate itself refuses.
import { Code, Text } from "@mantine/core";

export function DecisionNumber({ id }: { readonly id: string | null }) {
  if (id === null) return null;
  return (
    <div>
      <Text size="sm" mb={6}>
        If this should not be so, please ask the people who run this service and give them this
        number:
      </Text>
      <Code fz="sm" fw={600} className="postern-breakable" style={{ userSelect: "all" }}>
        {id}
      </Code>
    </div>
  );
}
