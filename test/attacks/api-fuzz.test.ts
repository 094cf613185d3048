// Asks every route of the API's description in every wrong way: refused by contract, never a 5xx.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { examplesOf, leadsTo, urlsOf } from "./api-fuzz-cases.ts";
import { withForeignMembers, withOtherValues } from "./api-fuzz-cases.ts";
import type { ApiOperation } from "./api-fuzz-cases.ts";
import { CLOSED, startApiFuzz } from "./start-api-fuzz.ts";
import type { AnswerToAnybody, Anybody, Asking, FuzzedApi } from "./start-api-fuzz.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];
const GIBIBYTE = 1024 ** 3;

let api: FuzzedApi;
beforeAll(async () => {
  api = await startApiFuzz();
});
afterAll(() => api?.stop());

/** Whoever gets as far as the body of that operation. */
async function reachingTheBodyOf(operation: ApiOperation): Promise<Anybody | null> {
  for (const who of ["shell", api.operator, "nobody"] as const) {
    const answer = await api.ask(who, ask(operation, '{"nobody-asked":1}'));
    if (answer.status === 400) return who;
  }
  return null;
}

function ask(operation: ApiOperation, body: string | Buffer): Asking {
  return { method: operation.method, url: urlsOf(operation)[0]!, body };
}

type Send = (
  body: string | Buffer,
  isRight: (refusal: Refusal) => boolean,
) => Promise<Refusal | null>;

/** `send` gives null when it was refused rightly, else the refusal that was not right. */
async function eachWrite(visit: (operation: ApiOperation, send: Send) => unknown): Promise<number> {
  let count = 0;
  for (const operation of api.operations) {
    if (operation.body === null) continue;
    const who = await reachingTheBodyOf(operation);
    expect(who, `${operation.method} ${operation.path} is asked by nobody here`).not.toBeNull();
    let urls = urlsOf(operation);
    await visit(operation, async (body, isRight) => {
      let refusal: Refusal | null = null;
      // Of a policy's sections each takes its own shape and says so before anything else.
      for (const url of urls) {
        refusal = refusalOf(await api.ask(who!, { method: operation.method, url, body }));
        if (!isRight(refusal)) continue;
        // The next case is most likely of the same shape.
        urls = [url, ...urls.filter((other) => other !== url)];
        return null;
      }
      return refusal;
    });
    count += 1;
  }
  return count;
}

type Refusal = {
  readonly status: number;
  readonly code: string;
  readonly errors?: readonly { readonly path?: string }[];
};

/** Throws for anything that is no problem of RFC 9457 with its own status. */
function refusalOf({ status, headers, text }: AnswerToAnybody): Refusal {
  expect([status, headers["content-type"]]).toEqual([status, "application/problem+json"]);
  const refusal = JSON.parse(text) as Refusal;
  expect(refusal.status).toBe(status);
  return refusal;
}

/** What is wrong is named: there, within it, or around it where several shapes are accepted. */
function isNamed(refusal: Refusal, at: string): boolean {
  return (refusal.errors ?? []).some(
    ({ path = "/nowhere" }) => isWithin(at, path) || isWithin(path, at),
  );
}

function isWithin(path: string, around: string): boolean {
  return path === around || path.startsWith(`${around}/`);
}

describe("row 148: a member that nobody asked for", () => {
  it("is refused by name in every object of every write", async () => {
    const wrong: unknown[] = [];
    let cases = 0;
    const writes = await eachWrite(async ({ method, path, body }, send) => {
      const schema = Compile(body as TSchema);
      for (const example of examplesOf(body!)) {
        expect(schema.Check(example), `${method} ${path}: the example fits`).toBe(true);
        for (const foreign of withForeignMembers(example)) {
          // What a browser's WebAuthn gave is taken as it is, and read by its own rules.
          if (schema.Check(foreign.body)) continue;
          cases += 1;
          const refusal = await send(JSON.stringify(foreign.body), (one) => {
            return one.status === 400 && isNamed(one, foreign.at);
          });
          if (refusal !== null) wrong.push([method, path, foreign.at, refusal]);
        }
      }
    });
    expect(wrong).toEqual([]);
    expect([writes >= 45, cases >= 250]).toEqual([true, true]);
  });
});

describe("row 161: a value of another type", () => {
  it("is refused by name at every place of every write", async () => {
    const wrong: unknown[] = [];
    let cases = 0;
    await eachWrite(async ({ method, path, body }, send) => {
      const schema = Compile(body as TSchema);
      for (const example of examplesOf(body!)) {
        for (const other of withOtherValues(example)) {
          if (schema.Check(other.body)) continue;
          const sent = JSON.stringify(other.body);
          cases += 1;
          const refusal = await send(sent, (one) => {
            if (one.status === 413) return sent.length > 5_000;
            return one.status === 400 && isNamed(one, other.at);
          });
          if (refusal !== null) wrong.push([method, path, other.at, refusal]);
        }
      }
    });
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(1_000);
  });

  it("that only the route itself can judge ends in an answer it describes", async () => {
    const wrong: unknown[] = [];
    await eachWrite(async (operation) => {
      const schema = Compile(operation.body as TSchema);
      for (const example of examplesOf(operation.body!)) {
        for (const { body, at } of withOtherValues(example)) {
          if (!schema.Check(body)) continue;
          const { status } = await api.ask("shell", ask(operation, JSON.stringify(body)));
          if (!operation.statuses.includes(status)) {
            wrong.push([operation.method, operation.path, at, status]);
          }
        }
      }
    });
    expect(wrong).toEqual([]);
  });
});

describe("row 150: JSON that two programs could read differently", () => {
  const TEXTS: readonly (readonly [string, string | Buffer])[] = [
    ["a member twice", '{"name":"a","name":"b"}'],
    ["a member twice deep down", '{"value":[{"a":1,"\\u0061":2}]}'],
    ["2^53 + 1", '{"version":9007199254740993}'],
    ["minus nothing", '{"nobody-asked":-0}'],
    ["a number without end", '{"version":1e999}'],
    ["a byte order mark", '\ufeff{"name":"a"}'],
    ["UTF-16", Buffer.from('{"name":"a"}', "utf16le")],
    ["a comment", '{"name":"a"/* b */}'],
    ["a prototype", '{"__proto__":{"isOperator":true}}'],
    ["a list too deep to read", `${"[".repeat(1_000)}${"]".repeat(1_000)}`],
    ["half of it", '{"name":'],
  ];

  it("is refused by every write", async () => {
    const wrong: unknown[] = [];
    await eachWrite(async ({ method, path }, send) => {
      for (const [name, text] of TEXTS) {
        const refusal = await send(text, ({ status, code }) => {
          if (status === 413) return text.length > 1_000;
          return status === 400 && ["invalid-json", "invalid-input"].includes(code);
        });
        if (refusal !== null) wrong.push([method, path, name, refusal]);
      }
    });
    expect(wrong).toEqual([]);
  });

  it("is not looked for behind a compression or another type", async () => {
    const wrong: unknown[] = [];
    for (const operation of api.operations) {
      if (operation.body === null) continue;
      const who = await reachingTheBodyOf(operation);
      for (const headers of [
        { "content-encoding": "gzip" },
        { "content-type": "application/xml" },
        { "content-type": "text/plain" },
      ]) {
        const answer = await api.ask(who!, { ...ask(operation, '{"name":"a"}'), headers });
        if (answer.status !== 415) wrong.push([operation.path, headers, answer.status]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("of a gibibyte in chunks is cut after the first few, by every write", async () => {
    const wrong: unknown[] = [];
    for (const operation of api.operations) {
      if (operation.body === null) continue;
      const who = await reachingTheBodyOf(operation);
      const { status, sentBytes } = await api.pour(who!, ask(operation, ""), GIBIBYTE);
      // What the sockets between hold beside the mebibyte that is read.
      const isRight = status === 413 && sentBytes < 16 * 1024 * 1024;
      if (!isRight) wrong.push([operation.method, operation.path, status, sentBytes]);
    }
    expect(wrong).toEqual([]);
  });
});

describe("row 161: each of nine methods", () => {
  /** These every address gives; the description names what is special to one. */
  const EVERYWHERE = [400, 401, 403];
  /** Some say who may ask, or that nothing is there, before they say how. */
  const UNDESCRIBED = [401, 403, 404, 405];

  async function answersOf(who: Anybody, isOneOf: (path: string) => boolean): Promise<unknown[]> {
    const wrong: unknown[] = [];
    for (const path of new Set(api.operations.map((operation) => operation.path))) {
      if (!isOneOf(path)) continue;
      const described = api.operations.find((operation) => operation.path === path)!;
      const url = urlsOf(described)[0]!;
      const here = api.operations.filter((operation) => leadsTo(operation, url));
      for (const method of METHODS) {
        const answer = await api.ask(who, { method, url });
        const isHead = method === "HEAD";
        const known = here.find((one) => one.method === (isHead ? "GET" : method));
        const refused = method === "CONNECT" ? [CLOSED] : UNDESCRIBED;
        const accepted = known === undefined ? refused : [...known.statuses, ...EVERYWHERE];
        // Of what has no end, and of what is first made whole, there is no head either.
        const isRight = accepted.includes(answer.status) || (isHead && answer.status === 405);
        if (!isRight || answer.status >= 500)
          wrong.push([method, path, answer.status, answer.text.slice(0, 100)]);
        if (answer.status === 405) {
          const allowed = String(answer.headers["allow"]).split(", ");
          const methods = here.map((operation) => operation.method);
          expect([path, ...allowed.filter((one) => one !== "HEAD")].toSorted()).toEqual(
            [path, ...methods].toSorted(),
          );
        }
      }
    }
    return wrong;
  }

  it("on each route is answered as described, for nobody and for the host's shell", async () => {
    expect(await answersOf("nobody", () => true)).toEqual([]);
    expect(await answersOf("shell", () => true)).toEqual([]);
  });

  it("on each route is answered as described, for an operator in a browser", async () => {
    // What ends the operator's own session is asked last.
    const isLast = (path: string): boolean => /sign-out|\/me\/sessions|\/sign-in/.test(path);
    expect(await answersOf(api.operator, (path) => !isLast(path))).toEqual([]);
    expect(await answersOf(api.operator, isLast)).toEqual([]);
  });
});

it("row 187: nothing of all that held others up", async () => {
  expect(await api.blocking()).toEqual([]);
});

it("nothing of all that was a mistake of ours", () => {
  expect(api.failures).toEqual([]);
});
