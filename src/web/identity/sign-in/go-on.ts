// Where somebody goes after a sign-in: on to what is still asked for, back, or home.
import type { AnyRouter } from "@tanstack/react-router";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import { forgetAnswers, queryClient } from "../../api/query-client.ts";
import { CONSOLE_HOME, consolePath } from "../../shell/console-path.ts";
import { dropDrafts } from "../../shell/form-draft.ts";
import { meQuery } from "../../shell/me.ts";
import { tellTabs } from "../../shell/session-channel.ts";
import { STAGE_PAGES } from "../../shell/stage-pages.ts";

/** Checked by the server; kept while the sign-in still asks for something. */
const RETURN_MARK = "postern-return-to";

/** @param wanted where the visitor came from, unchecked: only the console's own pages count */
export async function goOn(
  router: AnyRouter,
  answer: SignInAnswer,
  wanted?: string,
): Promise<void> {
  // Whoever was here before, nothing of theirs is shown to whoever is here now.
  forgetAnswers();
  const returnTo = answer.returnTo ?? consolePath(wanted);
  if (returnTo !== null) keepReturn(returnTo);
  if (answer.next !== "none") {
    await router.navigate({ to: STAGE_PAGES[answer.next], replace: true });
    return;
  }
  const me = await queryClient.fetchQuery(meQuery);
  dropDrafts(me.id);
  tellTabs({ kind: "signed-in", userId: me.id });
  leave(router, takeReturn());
}

/** Another tab, or an earlier page, has done what this page asks for. */
export async function followSignIn(router: AnyRouter): Promise<void> {
  forgetAnswers();
  const me = await queryClient.fetchQuery(meQuery).catch(() => null);
  // Of what could not be asked, and of what is still lacking, the next page tells.
  leave(router, me?.stage === "none" ? takeReturn() : null);
}

/** @param returnTo checked by the server, or a page of the console */
export function keepReturn(returnTo: string): void {
  sessionStorage.setItem(RETURN_MARK, returnTo);
}

/** Whoever gives up a sign-in does not lead the next one to where they wanted to go. */
export function forgetReturn(): void {
  sessionStorage.removeItem(RETURN_MARK);
}

function takeReturn(): string | null {
  const wanted = sessionStorage.getItem(RETURN_MARK);
  sessionStorage.removeItem(RETURN_MARK);
  return wanted;
}

/** Pages of the console without a load; a page of the portal by its address. */
function leave(router: AnyRouter, wanted: string | null): void {
  if (wanted === null) {
    router.history.replace(CONSOLE_HOME);
    return;
  }
  const url = new URL(wanted, window.location.origin);
  const isHere = url.origin === window.location.origin;
  const path = isHere ? consolePath(`${url.pathname}${url.search}`) : null;
  if (path === null) window.location.assign(url);
  else router.history.replace(path);
}
