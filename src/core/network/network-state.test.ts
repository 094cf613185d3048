// What the state in memory does with accounts that come, go and come again.
import { expect, it } from "vitest";
import {
  accountPolicy,
  exampleState,
  list,
  putExampleBan,
  visit,
} from "../../../test/network/example-network.ts";
import { removeAccountPolicy, setAccountPolicy } from "./network-state.ts";

const RATE = { mode: "enforce", requestMaxCount: 2, requestMaxSeconds: 60, requestBanExpiry: 3600 };
const POLICY = { "rate-limits": { audio: RATE, portal: RATE, api: RATE } } as never;
const CLIENT = "198.51.100.7";
const AT = { account: "acme", surface: "portal" } as const;

it("gives whoever takes a removed account's code nothing of it", () => {
  const state = exampleState({ acme: POLICY });
  list(state, "acme", { text: "deny 203.0.113.0/24", id: 7 });
  putExampleBan(state, CLIENT, { id: 1, endsAtMs: 4e12, owner: "acme", surface: "portal" });
  expect(visit(state, "203.0.113.9", AT).network.reason).toBe("on-deny-list");
  expect(visit(state, CLIENT, AT).network.reason).toBe("banned");
  const before = state.accounts.get("acme")!;

  removeAccountPolicy(state, "acme");
  expect(state.accounts.has("acme")).toBe(false);
  setAccountPolicy(state, { id: "id-new", code: "acme" }, accountPolicy(POLICY));
  const after = state.accounts.get("acme")!;
  expect(after.owner).toBe("id-new");
  expect(after.number).not.toBe(before.number);
  expect(visit(state, "203.0.113.9", AT).network.reason).toBe("no-rule-matched");
  expect(visit(state, CLIENT, AT).network.reason).toBe("no-rule-matched");
});

it("never gives a number that another account has or had", () => {
  const state = exampleState();
  const add = (code: string): number => {
    setAccountPolicy(state, { id: `id-${code}`, code }, accountPolicy());
    return state.accounts.get(code)!.number;
  };
  const numbers = [add("a"), add("b"), add("c")];
  removeAccountPolicy(state, "a");
  numbers.push(add("d"));
  removeAccountPolicy(state, "d");
  numbers.push(add("e"));
  expect(new Set(numbers).size).toBe(5);
  expect(numbers).not.toContain(0);
});
