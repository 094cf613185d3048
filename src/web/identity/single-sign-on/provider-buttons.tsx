// One button for each provider that leads to its page; why it did not stands above them.
import { Button, Stack } from "@mantine/core";
import type { ProviderButton } from "../../../api/connection-api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { beginProviderSignIn } from "./go-to-provider.ts";
import type { BeginProviderSignIn } from "./go-to-provider.ts";
import { ProviderIcon } from "./provider-icon.tsx";
import { useLeaving } from "./use-leaving.ts";

export type ProviderButtonsProps = BeginProviderSignIn & {
  readonly providers: readonly ProviderButton[];
};

export function ProviderButtons({ providers, ...begin }: ProviderButtonsProps) {
  const { leavingFor, problem, leave } = useLeaving();
  return (
    <Stack gap="xs">
      <FormProblem problem={problem} />
      {providers.map(({ id, kind, name }) => (
        <Button
          key={id}
          type="button"
          variant="default"
          fullWidth
          justify="space-between"
          leftSection={<ProviderIcon kind={kind} />}
          // As wide as the mark, so that the words stand in the middle.
          rightSection={<span style={{ width: 18 }} />}
          loading={leavingFor === id}
          disabled={leavingFor !== null && leavingFor !== id}
          onMouseDown={keepFocus}
          onClick={() => leave(id, () => beginProviderSignIn(id, begin))}
        >
          Continue with {name}
        </Button>
      ))}
    </Stack>
  );
}
