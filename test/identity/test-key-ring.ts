// A key ring for suites that do not look at keys: one key, the same in every process.
import { createKeyRing } from "../../src/platform/crypto/key-ring.ts";
import { readMasterKey } from "../../src/platform/crypto/master-key-text.ts";

/** As MASTER_KEY takes it, for nodes that share a store. */
export const TEST_MASTER_KEY = "V2hhdCBldmVyeSBzdWl0ZSBzZWFscyB3aXRoLiAxMjM=";

const key = readMasterKey(TEST_MASTER_KEY);
if (key === null) throw new Error("the key of the tests has 32 bytes");

export const TEST_KEY_RING = createKeyRing([key]);
