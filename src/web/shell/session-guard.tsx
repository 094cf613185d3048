// Leads away from pages that the session does not open: to sign in, or to what a sign-in lacks.
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import type { ReactNode } from "react";
import { CODE_LOCK_MS } from "../../core/identity/code-attempts.ts";
import { onSessionSignal } from "../api/session-signals.ts";
import type { SessionSignal } from "../api/session-signals.ts";
import { endReasonOf, isEndReason, isShutOut } from "./end-reasons.ts";
import type { EndReason } from "./end-reasons.ts";
import { CONSOLE_HOME, consolePath } from "./console-path.ts";
import { endSession } from "./session-end.ts";
import { onTabMessage } from "./session-channel.ts";
import type { TabMessage } from "./session-channel.ts";
import { readSessionState } from "./session-state.ts";
import { isStagePage, STAGE_PAGES, stageOfProblem } from "./stage-pages.ts";

/** Pages that need nobody to be signed in; nobody is led away from them. */
const OPEN_PAGES = new Set([
  "/sign-in",
  "/bind",
  "/setup",
  "/forgotten-password",
  "/reset-password",
  "/locked",
  "/signed-out",
]);

/** `notFoundRoute`, which is known only below this. */
const notFoundId = "/$";

export function SessionGuard({ children }: { readonly children: ReactNode }) {
  const navigate = useNavigate();
  const router = useRouter();

  useEffect(() => {
    function place(): Place {
      const { pathname, publicHref } = router.state.location;
      const isNoPage = router.state.matches.some(({ routeId }) => routeId === notFoundId);
      const isStage = isStagePage(pathname);
      return {
        isOpen: isNoPage || OPEN_PAGES.has(pathname),
        isStage,
        // Nobody wants to go back to where a sign-in was finished.
        returnTo: isStage ? undefined : publicHref,
      };
    }

    function leave(why: EndReason, isToldByOtherTab = false): void {
      const { isOpen, isStage, returnTo } = place();
      if (isOpen) return;
      endSession({ why, isToldByOtherTab }, () => {
        if (isShutOut(why)) {
          return navigate({ to: "/locked", search: { why, ...untilOf(why) }, replace: true });
        }
        if (isStage && why !== "missing") {
          const said = why === "signed-out" ? undefined : "unfinished";
          return navigate({ to: "/sign-in", search: { why: said }, replace: true });
        }
        return why === "missing"
          ? navigate({ to: "/sign-in", search: { returnTo }, replace: true })
          : navigate({ to: "/signed-out", search: { why, returnTo }, replace: true });
      });
    }

    function hearSignal(signal: SessionSignal): void {
      if (signal.kind === "ended") leave(endReasonOf(signal.code));
      if (signal.kind !== "unfinished" || place().isOpen) return;
      const stage = stageOfProblem(signal.code);
      if (stage !== null) void navigate({ to: STAGE_PAGES[stage], replace: true });
    }

    function hearTab(message: TabMessage): void {
      const { userId } = readSessionState();
      if (message.kind === "signed-out" && message.userId === userId) {
        leave(isEndReason(message.why) ? message.why : "signed-out", true);
      }
      if (message.kind !== "signed-in" || message.userId === userId) return;
      // Somebody has signed in, perhaps somebody else: what is on this page may not be theirs.
      if (userId !== null) window.location.assign(CONSOLE_HOME);
      else if (WAITING_PAGES.has(router.state.location.pathname))
        window.location.assign(returnPath());
    }

    function returnPath(): string {
      const { returnTo } = router.state.location.search as { readonly returnTo?: unknown };
      return consolePath(returnTo) ?? CONSOLE_HOME;
    }

    const stopSignals = onSessionSignal(hearSignal);
    const stopTabs = onTabMessage(hearTab);
    return () => {
      stopSignals();
      stopTabs();
    };
  }, [navigate, router]);

  return children;
}

type Place = {
  readonly isOpen: boolean;
  /** It asks for what a sign-in lacks. */
  readonly isStage: boolean;
  readonly returnTo: string | undefined;
};

/** On this browser's clock. Other locks last until somebody does something about them. */
function untilOf(why: EndReason): { readonly until?: string } {
  if (why !== "codes-locked") return {};
  return { until: new Date(Date.now() + CODE_LOCK_MS).toISOString() };
}

/** A tab on one of these waits for a sign-in, and goes on when another tab has done it. */
const WAITING_PAGES = new Set(["/sign-in", "/signed-out"]);
