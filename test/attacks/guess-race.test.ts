// Guesses a password in parallel on two nodes that share a database.
import { expect, it } from "vitest";
import { useEngine } from "../contracts/engines.ts";
import { createStandingClock, openStore } from "../contracts/open-store.ts";
import { peopleOf, RIGHT, WRONG } from "../contracts/people-at-the-door.ts";
import { startCredentials } from "../contracts/start-credentials.ts";

const ROUNDS = 5;
const GUESSES = 50;

const harness = useEngine("postgres");

it("row 64: fifty at once on two nodes get six looks, and then nobody is let in", async () => {
  const database = await openStore(harness);
  const clock = createStandingClock();
  const nodes = [
    await startCredentials({ database, clock }),
    await startCredentials({ database, clock }),
  ] as const;
  const [first, second] = nodes;
  const { addUser, release, signInRow } = peopleOf(first, { database, clock });
  const id = await addUser();
  const verified = () => first.counts.verified + second.counts.verified;
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = verified();
    const guesses = Array.from({ length: GUESSES }, (_, guess) =>
      nodes[guess % 2 === 0 ? 0 : 1].open().signIn("ada@example.com", `${WRONG} ${guess}`),
    );
    const answers = await Promise.all(guesses);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    for (const node of nodes) {
      expect((await node.open().signIn("ada@example.com", RIGHT)).status).toBe(401);
    }
    // Each is counted before it is looked at, so the nodes together look at six.
    expect(verified() - before).toBe(6);
    expect((await signInRow(id))?.wrong_passwords).toBe(GUESSES + nodes.length);
    await release(id);
  }
  expect((await second.open().signIn("ada@example.com", RIGHT)).status).toBe(200);
  expect([...first.errors, ...second.errors]).toEqual([]);
});
