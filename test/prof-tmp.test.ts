// x.
import { it } from "vitest";
import { useEngine } from "./contracts/engines.ts";
import { openStore } from "./contracts/open-store.ts";
import { startNetwork } from "./contracts/start-network.ts";
const h = useEngine("sqlite");
it("a", async () => { const o = []; for (let i=0;i<4;i++){ let t=performance.now(); await openStore(h); o.push(performance.now()-t); t=performance.now(); await startNetwork(h); o.push( performance.now()-t);} throw new Error(o.join(" ")) }, 20000);
