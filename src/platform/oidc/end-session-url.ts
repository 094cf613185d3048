// Where a browser goes to sign out at its provider too.
import * as openId from "openid-client";
import { configurationOf } from "./provider-configuration.ts";
import type { Asked } from "./provider-configuration.ts";

/** OpenID Connect RP-Initiated Logout 1.0, section 2; null: the provider offers none. */
export async function endSessionUrl(asked: Asked, returnTo: string): Promise<string | null> {
  const metadata = await asked.documents.metadata(asked.settings);
  if (metadata.endSessionEndpoint === null) return null;
  const configuration = await configurationOf(asked, metadata);
  const url = openId.buildEndSessionUrl(configuration, { post_logout_redirect_uri: returnTo });
  return asked.outbound.standIn(url).href;
}
