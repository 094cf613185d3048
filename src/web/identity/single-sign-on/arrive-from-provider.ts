// Goes on, in a page that has just been loaded, with a sign-in that led to a provider and back.
import { queryClient } from "../../api/query-client.ts";
import { dropDrafts } from "../../shell/form-draft.ts";
import { meQuery } from "../../shell/me.ts";
import { tellTabs } from "../../shell/session-channel.ts";
import { isStagePage } from "../../shell/stage-pages.ts";
import { keepReturn } from "../sign-in/go-on.ts";
import { takeBackFromProvider } from "./go-to-provider.ts";

/** Pages that a provider leads back to with nobody signed in. */
const NOT_SIGNED_IN = new Set(["/sign-in", "/bind"]);

/** @param path below /postern; the server has led here, so that no page of ours did what is due */
export async function arriveFromProvider(path: string): Promise<void> {
  const back = takeBackFromProvider();
  if (back === null || NOT_SIGNED_IN.has(path)) return;
  if (isStagePage(path)) {
    if (back.returnTo !== null) keepReturn(back.returnTo);
    return;
  }
  const me = await queryClient.fetchQuery(meQuery).catch(() => null);
  if (me === null || me.stage !== "none") return;
  // Other tabs may show what is somebody else's.
  dropDrafts(me.id);
  tellTabs({ kind: "signed-in", userId: me.id });
}
