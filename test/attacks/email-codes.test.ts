// Attacks on codes that are mailed: guessing, reusing, asking again and again, other people's.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wrongOne } from "../mail/start-email-codes.ts";
import {
  PROOF_CODE,
  SET_UP_CODE,
  SIGN_IN_CODE,
  startEmailPeople,
} from "../people/start-email-people.ts";
import type { EmailPeople } from "../people/start-email-people.ts";
import type { Person } from "../people/start-people.ts";
import type { ApiAnswer } from "./start-gate.ts";

const MINUTE_MS = 60_000;
const email = { method: "email" } as const;

let portal: EmailPeople;
beforeAll(async () => {
  portal = await startEmailPeople();
  await portal.addAccount("acme");
});
afterAll(() => portal.stop());

const people: Person[] = [];
/** Each test has people of its own, whose requests of their set-up are long ago. */
async function newPerson(): Promise<Person> {
  const person = await portal.addEmailPerson({ email: `ada${people.length}@example.com` });
  portal.advance(10 * MINUTE_MS);
  people.push(person);
  return person;
}

function told({ status, json }: ApiAnswer): readonly unknown[] {
  return [status, json?.code ?? json?.next];
}

describe("row 95: an e-mailed code", () => {
  it("signs in once, and shows itself to nobody but the mailbox", async () => {
    const ada = await newPerson();
    const browser = await portal.half(ada);
    const code = await portal.codeFor(browser, ada);
    expect(told(await browser.sendCode(code, email))).toEqual([200, "none"]);
    const again = await portal.half(ada);
    expect(told(await again.sendCode(code, email))).toEqual([403, "code-expired"]);
  });

  it("is good for ten minutes", async () => {
    const ada = await newPerson();
    const browser = await portal.signedInByMail(ada);
    const prove = (code: string) =>
      browser.ask("POST", "/api/v1/me/proof", { body: { method: "email", code } });
    const first = await portal.codeFor(browser, ada, PROOF_CODE);
    portal.advance(10 * MINUTE_MS - 1);
    expect((await prove(first)).status).toBe(200);
    const second = await portal.codeFor(browser, ada, PROOF_CODE);
    portal.advance(10 * MINUTE_MS);
    expect(told(await prove(second))).toEqual([403, "code-expired"]);
  });

  it("stands five wrong tries, counted for the user, with pauses between", async () => {
    const ada = await newPerson();
    const browser = await portal.half(ada);
    const code = await portal.codeFor(browser, ada);
    const wrong = wrongOne(code);
    const answers = [];
    for (let guess = 0; guess < 3; guess += 1) {
      answers.push(told(await browser.sendCode(wrong, email)));
    }
    expect(answers).toEqual([
      [403, "code-wrong"],
      [403, "code-wrong"],
      [429, "codes-paused"],
    ]);
    const early = await browser.sendCode(code, email);
    expect([...told(early), early.headers["retry-after"]]).toEqual([429, "codes-paused", "300"]);
    portal.advance(5 * MINUTE_MS);
    expect(told(await browser.sendCode(wrong, email))).toEqual([429, "codes-paused"]);
    portal.advance(5 * MINUTE_MS);
    const other = await portal.half(ada);
    const newer = await portal.codeFor(other, ada);
    expect(told(await other.sendCode(wrongOne(newer), email))).toEqual([401, "sign-in-ended"]);
    const third = await portal.half(ada);
    expect(told(await third.sendCode(newer, email))).toEqual([429, "codes-locked"]);
  });

  it("is good in the session that asked for it only", async () => {
    const ada = await newPerson();
    const [asking, other] = [await portal.half(ada), await portal.half(ada)];
    const code = await portal.codeFor(asking, ada);
    for (let guess = 0; guess < 6; guess += 1) {
      expect(told(await other.sendCode(code, email))).toEqual([403, "code-expired"]);
    }
    expect(told(await asking.sendCode(code, email))).toEqual([200, "none"]);
  });

  it("is good for what it was asked for only", async () => {
    const ada = await newPerson();
    const browser = await portal.signedInByMail(ada);
    const proof = await portal.codeFor(browser, ada, PROOF_CODE);
    const body = { method: "email", code: proof };
    const half = await portal.half(ada);
    expect(told(await half.sendCode(proof, email))).toEqual([403, "code-expired"]);
    expect((await browser.ask("POST", "/api/v1/me/proof", { body })).status).toBe(200);

    const setUp = await portal.codeFor(browser, ada, SET_UP_CODE);
    const asProof = await browser.ask("POST", "/api/v1/me/proof", {
      body: { method: "email", code: setUp },
    });
    expect(told(asProof)).toEqual([403, "code-expired"]);
  });

  it("is another user's for nobody", async () => {
    const [ada, grace] = [await newPerson(), await newPerson()];
    const [hers, others] = [await portal.half(ada), await portal.half(grace)];
    const code = await portal.codeFor(hers, ada);
    await portal.codeFor(others, grace);
    expect(told(await others.sendCode(code, email))).toEqual([403, "code-wrong"]);
    expect(told(await hers.sendCode(code, email))).toEqual([200, "none"]);
  });

  it("is void as soon as a newer one is asked for", async () => {
    const ada = await newPerson();
    const browser = await portal.half(ada);
    const older = await portal.codeFor(browser, ada);
    const newer = await portal.codeFor(browser, ada);
    if (older !== newer) {
      expect(told(await browser.sendCode(older, email))).toEqual([403, "code-wrong"]);
    }
    expect(told(await browser.sendCode(newer, email))).toEqual([200, "none"]);
  });

  it("of twenty requests goes out five times, and the others say when to ask", async () => {
    const ada = await newPerson();
    const browser = await portal.half(ada);
    const before = portal.codesMailedTo(ada).length;
    let code = "";
    for (let asked = 0; asked < 5; asked += 1) code = await portal.codeFor(browser, ada);
    portal.advance(MINUTE_MS);
    for (let asked = 0; asked < 15; asked += 1) {
      // In another browser, from elsewhere, it is the same user.
      const by = asked % 3 === 0 ? await portal.half(ada) : browser;
      const answer = await by.ask("POST", SIGN_IN_CODE);
      expect(told(answer)).toEqual([429, "email-code-too-often"]);
      expect([answer.headers["retry-after"], answer.json.retryAfterSeconds]).toEqual(["540", 540]);
    }
    expect(portal.codesMailedTo(ada).length - before).toBe(5);
    expect(told(await browser.sendCode(code, email)), "the last one stays good").toEqual([
      200,
      "none",
    ]);
  });
});

describe("row 90: fifty at once with one e-mailed code", () => {
  it("let one in, in each round", async () => {
    const ada = await newPerson();
    for (let round = 0; round < 5; round += 1) {
      const browser = await portal.half(ada);
      const code = await portal.codeFor(browser, ada);
      const cookies = [...browser.cookies];
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => {
          const racer = portal.browser();
          for (const [name, value] of cookies) racer.cookies.set(name, value);
          return racer.sendCode(code, email);
        }),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const others = new Set(answers.map(({ status }) => status).filter((one) => one !== 200));
      // The session has another token by then, or the code is used up.
      for (const status of others) expect([401, 403, 409]).toContain(status);
      portal.advance(10 * MINUTE_MS);
    }
  });
});

describe("row 94: where a code goes", () => {
  it.each([SIGN_IN_CODE, PROOF_CODE, SET_UP_CODE])(
    "%s takes no address, and mails the user's own",
    async (path) => {
      const ada = await newPerson();
      const isSignIn = path === SIGN_IN_CODE;
      const browser = isSignIn ? await portal.half(ada) : await portal.signedInByMail(ada);
      const proof = { method: "password", password: ada.password };
      if (path === SET_UP_CODE) await browser.ask("POST", "/api/v1/me/proof", { body: proof });
      const before = portal.codesMailedTo(ada).length;
      const evil = {
        email: "evil@example.org",
        to: "evil@example.org",
        sentTo: "evil@example.org",
      };
      expect((await browser.ask("POST", path, { body: evil })).status).toBe(400);
      expect(portal.codesMailedTo(ada)).toHaveLength(before);
      await portal.codeFor(browser, ada, path);
      const recipients = portal.mailServer.taken.flatMap(({ to }) => to);
      expect(recipients).not.toContain("evil@example.org");
    },
  );

  it("a code that is out is void when the e-mail address changes", async () => {
    const ada = await newPerson();
    const browser = await portal.half(ada);
    const code = await portal.codeFor(browser, ada);
    const moved = `moved-${ada.email}`;
    await portal.must("PATCH", `/api/v1/users/${ada.id}`, { email: moved });
    // The sign-in that asked ended with it; the code is good in no other one.
    expect(told(await browser.sendCode(code, email))).toEqual([401, "session-ended"]);
    const own = { ...ada, email: moved };
    const anew = await portal.half(own);
    expect(told(await anew.sendCode(code, email))).toEqual([403, "code-expired"]);
    expect(told(await anew.sendCode(await portal.codeFor(anew, own), email))).toEqual([
      200,
      "none",
    ]);
  });

  it("a code that is out is void when the password changes", async () => {
    const ada = await newPerson();
    const browser = await portal.half(ada);
    const code = await portal.codeFor(browser, ada);
    const { url } = await portal.must("POST", `/api/v1/users/${ada.id}/password-link`);
    const body = { token: String(url).split("#token=")[1], newPassword: "a-quiet-evening-at-home" };
    await portal.must("POST", "/api/v1/password-resets", body);
    expect((await browser.sendCode(code, email)).status).toBe(401);
    const anew = await portal.half({ ...ada, password: body.newPassword });
    expect(told(await anew.sendCode(code, email))).toEqual([403, "code-expired"]);
  });
});

describe("row 93: asking for a code at the wrong place", () => {
  it("is refused without a sign-in, after it, and where no codes are mailed", async () => {
    const ada = await newPerson();
    const nobody = portal.browser();
    expect((await nobody.ask("POST", SIGN_IN_CODE)).status).toBe(401);
    const half = await portal.half(ada);
    expect(told(await half.ask("POST", PROOF_CODE))).toEqual([403, "second-factor-required"]);
    expect(told(await half.ask("POST", SET_UP_CODE))).toEqual([403, "second-factor-required"]);
    const whole = await portal.signedInByMail(ada);
    expect(told(await whole.ask("POST", SIGN_IN_CODE))).toEqual([409, "second-factor-not-asked"]);

    const grace = await portal.addPerson({ email: "grace@example.com", app: true });
    const waiting = portal.browser();
    await waiting.signIn(grace.email, grace.password);
    expect(told(await waiting.ask("POST", SIGN_IN_CODE))).toEqual([409, "email-codes-off"]);
    const hers = await portal.signedIn(grace);
    expect(told(await hers.ask("POST", PROOF_CODE))).toEqual([409, "email-codes-off"]);
  });

  it("is refused to another site (row 86)", async () => {
    const ada = await newPerson();
    const half = await portal.half(ada);
    const headers = { origin: "https://evil.example.com", "sec-fetch-site": "cross-site" };
    const answer = await half.ask("POST", SIGN_IN_CODE, { headers });
    expect(told(answer)).toEqual([403, "cross-site-refused"]);
  });
});

describe("row 95: one network that asks for many people's codes", () => {
  it("gets fifty in ten minutes; the network beside it goes on", async () => {
    const address = "2001:db8:95:1::1";
    // Those who are locked by now, or have another address or password, are of no use here.
    const able: Person[] = [];
    for (const person of people) {
      const answer = await portal.browser().signIn(person.email, person.password);
      if (answer.json.next === "second-factor") able.push(person);
    }
    while (able.length < 11) able.push(await newPerson());
    portal.advance(10 * MINUTE_MS);
    for (const person of able.slice(0, 10)) {
      const browser = await portal.half(person, address);
      for (let asked = 0; asked < 5; asked += 1) {
        expect((await browser.ask("POST", SIGN_IN_CODE)).status).toBe(202);
      }
    }
    const neighbour = await portal.half(able[10]!, "2001:db8:95:1:ffff::2");
    const refused = await neighbour.ask("POST", SIGN_IN_CODE);
    const wait = refused.headers["retry-after"];
    expect([...told(refused), wait]).toEqual([429, "email-code-too-often", "600"]);
    expect(refused.json.detail).toContain("one network");
    const elsewhere = await portal.half(able[10]!, "2001:db8:95:2::1");
    expect((await elsewhere.ask("POST", SIGN_IN_CODE)).status).toBe(202);
  });
});
