// Where somebody goes after a sign-in: on to what is still asked for, back, or home.
import type { AnyRouter } from "@tanstack/react-router";
import type { SignInAnswer } from "../../../api/sign-in-api.ts";
import { queryClient } from "../../api/query-client.ts";
import { CONSOLE_HOME, consolePath } from "../../shell/console-path.ts";
import { dropDrafts } from "../../shell/form-draft.ts";
import { meQuery } from "../../shell/me.ts";
import { tellTabs } from "../../shell/session-channel.ts";

/** Checked by the server; kept while a new password is still asked for. */
const RETURN_MARK = "postern-return-to";

/** @param wanted where the visitor came from, unchecked: only the console's own pages count */
export async function goOn(
  router: AnyRouter,
  answer: SignInAnswer,
  wanted?: string,
): Promise<void> {
  // Whoever was here before, nothing of theirs is shown to whoever is here now.
  queryClient.clear();
  const returnTo = answer.returnTo ?? consolePath(wanted);
  if (returnTo !== null) sessionStorage.setItem(RETURN_MARK, returnTo);
  if (answer.next !== "none") {
    await router.navigate({ to: "/change-password", replace: true });
    return;
  }
  const me = await queryClient.fetchQuery(meQuery);
  dropDrafts(me.id);
  tellTabs({ kind: "signed-in", userId: me.id });
  leave(router, takeReturn());
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
