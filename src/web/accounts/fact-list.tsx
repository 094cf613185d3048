// Facts about one thing, as pairs of name and value.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";

export type Fact = { readonly name: string; readonly value: ReactNode };

export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl
      style={{
        display: "grid",
        gridTemplateColumns: "minmax(110px, auto) 1fr",
        gap: "6px 16px",
        margin: 0,
      }}
    >
      {facts.map(({ name, value }) => (
        <FactRow key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function FactRow({ name, value }: Fact) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} className="postern-breakable">
        {value}
      </Text>
    </>
  );
}
