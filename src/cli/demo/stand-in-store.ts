// What a stand-in remembers while it runs: sessions, interactions, codes and tokens, in memory.
import type { Adapter, AdapterPayload } from "oidc-provider";

export type StandInStore = {
  /** As oidc-provider asks for it, for each of its models. */
  readonly adapterOf: (model: string) => Adapter;
  readonly hasCode: (code: string) => boolean;
};

/** Nothing is cleaned up, for it all goes with the stand-in; what is out of date says so itself. */
export function createStandInStore(): StandInStore {
  const rows = new Map<string, AdapterPayload>();

  function adapterOf(model: string): Adapter {
    const keyOf = (id: string): string => `${model}:${id}`;
    return {
      upsert: async (id, payload) => void rows.set(keyOf(id), payload),
      find: async (id) => rows.get(keyOf(id)),
      findByUid: async (uid) => {
        const found = [...rows].find(([key, row]) => key.startsWith(keyOf("")) && row.uid === uid);
        return found?.[1];
      },
      // Of devices without a browser, which stand-ins do not serve.
      findByUserCode: async () => undefined,
      consume: async (id) => {
        const row = rows.get(keyOf(id));
        if (row !== undefined)
          rows.set(keyOf(id), { ...row, consumed: Math.floor(Date.now() / 1000) });
      },
      destroy: async (id) => void rows.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        // Only of this model: interactions name grants too, and live on.
        for (const [key, row] of rows) {
          if (key.startsWith(keyOf("")) && row.grantId === grantId) rows.delete(key);
        }
      },
    };
  }

  return { adapterOf, hasCode: (code) => rows.has(`AuthorizationCode:${code}`) };
}
