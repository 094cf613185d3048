// What can be done with one ban of the list: end it, change its end, keep it for good.
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { refreshBans } from "./address-ban-queries.ts";
import type { BanAnswer } from "./address-ban-queries.ts";
import { askToKeepBan } from "./ask-to-keep-ban.tsx";
import { askToRelease } from "./ask-to-release.ts";

export type BanActionsProps = {
  readonly ban: BanAnswer;
  readonly onEdit: (ban: BanAnswer) => void;
  /** It leaves the list, and its buttons with it. */
  readonly onGone: (id: number) => void;
};

/** Marks the button that takes the focus when the row above has gone. */
export function releaseButtonOf(place: HTMLElement | null, id: number): HTMLElement | null {
  return place?.querySelector<HTMLElement>(`[data-release="${id}"]`) ?? null;
}

export function BanActions({ ban, onEdit, onGone }: BanActionsProps) {
  const client = useQueryClient();
  const { id, range } = ban;
  async function refresh(isGone: boolean): Promise<void> {
    if (isGone) onGone(id);
    await refreshBans(client);
  }
  return (
    <Group gap={6} justify="flex-end" className="postern-ban-actions">
      <Button
        size="compact-sm"
        variant="default"
        data-release={id}
        aria-label={`Release ${range}`}
        onClick={() => askToRelease({ id, range, onDone: refresh })}
      >
        Release
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Change the end of the ban of ${range}`}
        onClick={() => onEdit(ban)}
      >
        Change end
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Make the ban of ${range} permanent`}
        onClick={() => askToKeepBan({ ban, onDone: refresh })}
      >
        Make permanent
      </Button>
    </Group>
  );
}
