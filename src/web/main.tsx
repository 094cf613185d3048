// Starts the console in the browser.
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./shell/shell.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { watchTouches } from "./api/page-touch.ts";
import { router } from "./app-router.tsx";
import { arriveFromProvider } from "./identity/single-sign-on/arrive-from-provider.ts";
import { App } from "./shell/app.tsx";
import { reloadAfterUpgrade } from "./shell/reload-after-upgrade.ts";
import { takeStyleNonce } from "./shell/style-nonce.ts";
import { followIdleEnds } from "./shell/use-session-watch.ts";

takeStyleNonce();
watchTouches();
followIdleEnds();
reloadAfterUpgrade();
void arriveFromProvider(router.latestLocation.pathname);

const place = document.getElementById("app");
if (place === null) throw new Error("index.html has no #app");
createRoot(place).render(
  <StrictMode>
    <App>
      <RouterProvider router={router} />
    </App>
  </StrictMode>,
);
