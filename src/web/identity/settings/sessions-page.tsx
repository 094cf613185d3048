// User settings, Sessions & browsers: where one is signed in, with the means to end it.
import { Stack } from "@mantine/core";
import { PageHeader } from "../../shell/page-header.tsx";
import { BrowsersCard } from "./browsers-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";
import { SignInsCard } from "./sign-ins-card.tsx";

export function SessionsPage() {
  return (
    <>
      <PageHeader
        title="Sessions & browsers"
        sentence={
          "Where you are signed in, which browsers are known as yours, and who has tried. " +
          "End whatever is not yours."
        }
      />
      <Stack gap="lg">
        <SessionsCard />
        <BrowsersCard />
        <SignInsCard />
      </Stack>
    </>
  );
}
