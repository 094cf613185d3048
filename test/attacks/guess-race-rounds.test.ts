// Guesses a password in parallel a thousand times over, past HTTP.
import { expect, it } from "vitest";
import { useEngine } from "../contracts/engines.ts";
import { RIGHT, setUpDoor, WRONG } from "../contracts/people-at-the-door.ts";
import type { CredentialsNode } from "../contracts/start-credentials.ts";

/** As many as the row asks for, where nobody asks for fewer. */
const ROUNDS = Number(process.env["POSTERN_RACE_ROUNDS"] ?? 1000);
const GUESSES = 50;
const MINUTES_MAX = 8;

const harness = useEngine("sqlite");

/** `in`, or the code of the refusal. */
async function signIn(node: CredentialsNode, password: string): Promise<string> {
  const body = { email: "ada@example.com", password };
  const raw = { headers: {}, rawHeaders: [] };
  // A refusal writes nothing to the reply; one that let somebody in would fail here.
  const question = { request: { raw } as never, reply: {} as never, body };
  return await node.credentials.signIn.answer(question).then(
    () => "in",
    (error: unknown) => (error as { readonly code?: string }).code ?? String(error),
  );
}

it(
  "row 64: in each round of fifty six are looked at, and the right one is refused",
  async () => {
    const { node, addUser, release, signInRow } = await setUpDoor(harness);
    const id = await addUser();
    for (let round = 0; round < ROUNDS; round += 1) {
      node.counts.verified = 0;
      const guesses = Array.from({ length: GUESSES }, (_, guess) =>
        signIn(node, `${WRONG} ${round} ${guess}`),
      );
      const answers = new Set(await Promise.all([...guesses, signIn(node, RIGHT)]));
      expect([round, [...answers]]).toEqual([round, ["sign-in-refused"]]);
      expect([round, node.counts.verified]).toEqual([round, 6]);
      expect((await signInRow(id))?.lock_cause).toBe("wrong-passwords");
      await release(id);
    }
    expect(node.errors).toEqual([]);
    expect((await node.open().signIn("ada@example.com", RIGHT)).status).toBe(200);
  },
  MINUTES_MAX * 60_000,
);
