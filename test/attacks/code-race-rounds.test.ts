// Sends one code fifty times at once, a thousand times over, past HTTP.
import { expect, it } from "vitest";
import { createPasswordHasher } from "../../src/platform/crypto/password-hasher.ts";
import { createCodeCheck } from "../../src/server/identity/second-factor/check-code.ts";
import type { CheckCode } from "../../src/server/identity/second-factor/check-code.ts";
import { createUserTurns } from "../../src/server/identity/sign-in/user-turns.ts";
import { parseAddress } from "../../src/core/network/address.ts";
import { addressKey } from "../../src/core/network/address-range.ts";
import { useEngine } from "../contracts/engines.ts";
import { factorsOf, halfSignedIn } from "../contracts/factors-at-the-door.ts";
import { setUpDoor } from "../contracts/people-at-the-door.ts";
import { TEST_KEY_RING } from "../identity/test-key-ring.ts";

/** As many as the row asks for, where nobody asks for fewer. */
const ROUNDS = Number(process.env["POSTERN_RACE_ROUNDS"] ?? 1000);
const AT_ONCE = 50;
const NODES = 3;
const STEP_MS = 30_000;
const MINUTES_MAX = 8;

const harness = useEngine("sqlite");
const address = parseAddress("198.51.100.9")!;
const place = {
  address,
  addressText: "198.51.100.9",
  addressKey: addressKey(address),
  country: "unknown",
  userAgent: "Example",
};

it(
  "row 90: in each round of fifty at once one is right, and none with an older code",
  async () => {
    const door = await setUpDoor(harness);
    const { node, clock, database, addUser, signInRow } = door;
    const userId = await addUser();
    const app = await factorsOf(door).giveApp(userId);
    const half = await halfSignedIn(node);
    expect((await half.send("GET", "/api/v1/sign-in/second-factor")).status).toBe(200);
    const session = await database.kysely
      .selectFrom("identity_session")
      .select("id")
      .executeTakeFirstOrThrow();
    const problems: string[] = [];
    const nodes: readonly CheckCode[] = Array.from({ length: NODES }, () =>
      createCodeCheck({
        database,
        keyRing: TEST_KEY_RING,
        hasher: createPasswordHasher({ threads: 1 }),
        turns: createUserTurns(AT_ONCE),
        recordEvent: async () => undefined,
        reportOffence: async () => undefined,
        onError: (error) => void problems.push(String(error)),
        wakeMails: () => undefined,
        followUserChanges: async () => undefined,
      }),
    );

    /** `in`, or the code of the refusal. */
    function send(at: number, typed: string): Promise<string> {
      const about = { userId, session, purpose: "sign-in", method: "app", place } as const;
      const question = { ...about, typed, nowMs: clock.nowMs(), onRight: async () => "in" };
      return nodes[at % NODES]!(question).catch(
        (error: unknown) => (error as { readonly code?: string }).code ?? String(error),
      );
    }

    for (let round = 0; round < ROUNDS; round += 1) {
      clock.advance(STEP_MS);
      const code = app.codeAt();
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => send(at, code)));
      const right = answers.filter((answer) => answer === "in").length;
      expect([round, right, [...new Set(answers)].toSorted()]).toEqual([
        round,
        1,
        ["code-used", "in"],
      ]);
      expect([round, await send(round, app.codeAt(-1))]).toEqual([round, "code-used"]);
    }
    expect((await signInRow(userId))?.wrong_codes).toBe(0);
    expect(problems).toEqual([]);
  },
  MINUTES_MAX * 60_000,
);
