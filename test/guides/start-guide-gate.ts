// Starts one gate for a suite about the guides: hosts for each surface, one account, short asking.
import { afterAll, beforeAll, beforeEach } from "vitest";
import { askMany, repeat } from "../attacks/ask-many.ts";
import { startGate } from "../attacks/start-gate.ts";
import type { ApiAnswer, GateAnswer, RunningGate } from "../attacks/start-gate.ts";

export const HOSTS = {
  portal: "portal.example.com",
  api: "api.example.com",
  webchat: "chat.example.com",
  audio: "audio.acme.example.com",
} as const;
export type HostName = keyof typeof HOSTS;

export type GuideGate = {
  /** Set once the suite has started. */
  readonly running: () => RunningGate;
  readonly must: RunningGate["must"];
  readonly api: RunningGate["api"];
  /** One request, as behind Caddy. */
  readonly visit: (client: string, host?: HostName, uri?: string) => Promise<GateAnswer>;
  /** The statuses a visitor gets on each host. */
  readonly statuses: (client: string) => Promise<readonly number[]>;
  /** So many requests at once; the statuses in order. */
  readonly flood: (client: string, times: number, host?: HostName) => Promise<readonly number[]>;
  readonly add: (entry: object) => Promise<ApiAnswer["json"]>;
  readonly setPolicy: (section: string, change: object, account?: string) => Promise<ApiAnswer>;
};

/** Each test finds the rules as they are after installation, and every window and ban over. */
export function useGuideGate(): GuideGate {
  let gate: RunningGate;
  const changed = new Map<string, unknown>();

  beforeAll(async () => {
    gate = await startGate();
    await gate.must("POST", "/api/v1/accounts", { code: "acme", name: "Acme" });
    const routes = Object.entries(HOSTS).map(([surface, host]) => ({
      host,
      pathPrefix: "/",
      surface,
      account: surface === "audio" ? "acme" : null,
    }));
    await gate.must("PUT", "/api/v1/policy/routes", { value: { routes } });
  });
  afterAll(() => gate?.stop());
  beforeEach(async () => {
    for (const [path, value] of changed) await gate.must("PUT", path, { value });
    changed.clear();
    gate.advance(7_200_000);
  });

  const visit: GuideGate["visit"] = (client, host = "portal", uri = "/") =>
    gate.ask("caddy", { clientAddress: client, host: HOSTS[host], uri });

  return {
    running: () => gate,
    must: (...call) => gate.must(...call),
    api: (...call) => gate.api(...call),
    visit,
    statuses: async (client) => {
      const answers = Object.keys(HOSTS).map((host) => visit(client, host as HostName));
      return (await Promise.all(answers)).map(({ realStatus }) => realStatus);
    },
    flood: (client, times, host = "portal") =>
      askMany({
        port: gate.port,
        clientAddresses: repeat(client, times),
        host: HOSTS[host],
        uri: (index) => `/${index}.wav`,
      }),
    add: async (entry) => (await gate.must("POST", "/api/v1/entries", entry)).entry,
    setPolicy: async (section, change, account) => {
      const query = account === undefined ? "" : `?account=${account}`;
      const path = `/api/v1/policy/${section}${query}`;
      const { value } = await gate.must("GET", path);
      const answer = await gate.api("PUT", path, { value: { ...value, ...change } });
      if (answer.status === 200 && !changed.has(path)) changed.set(path, value);
      return answer;
    },
  };
}
