// Loads the certified OpenID provider for stand-ins, without what it says about its surroundings.

type OidcProvider = typeof import("oidc-provider");

/**
 * Only when a stand-in is started: nothing else of the program needs it. It warns of every Node.js
 * before 22 when it is loaded; what stand-ins use of it works on 20.
 */
export async function loadOidcProvider(): Promise<OidcProvider> {
  const { warn } = console;
  console.warn = () => {};
  try {
    return await import("oidc-provider");
  } finally {
    console.warn = warn;
  }
}
