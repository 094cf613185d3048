// Stands where providers would be while there is none: whom to ask, or where to set one up.
import { EmptyState } from "../../shell/empty-state.tsx";
import { useMe } from "../../shell/me.ts";
import { ButtonLink } from "../../shell/page-links.tsx";

export function NoProviders() {
  const { role } = useMe();
  if (role === "agent") {
    return (
      <EmptyState title="There is nothing to connect with yet">
        Your administrator can set up Google, Microsoft or another provider for you. Until then you
        sign in as you do now.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No provider is set up yet"
      action={
        <ButtonLink to="/security/single-sign-on" variant="default" size="sm" mt="xs">
          Set one up
        </ButtonLink>
      }
    >
      Set up Google, Microsoft or another provider under Security, and everybody may connect with it
      here.
    </EmptyState>
  );
}
