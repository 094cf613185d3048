// The title of a card and the sentence under it; without a field to fill in, the title is focused.
import { Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";

export type CardHeaderProps = { readonly title: string; readonly children?: ReactNode };

export function CardHeader({ title, children }: CardHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  // A screen reader hears where it is; a field that asks for the focus keeps it.
  useEffect(() => {
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body) heading.current?.focus();
  }, []);
  return (
    <Stack gap={6} mb="lg">
      <Title order={1} size="h1" ref={heading} tabIndex={-1} style={{ outline: "none" }}>
        {title}
      </Title>
      {children === undefined ? null : <Text c="dimmed">{children}</Text>}
    </Stack>
  );
}
