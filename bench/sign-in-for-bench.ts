// Makes an account with a user who has signed in, for benches that ask as that user.
import type { BenchPostern } from "./start-postern-for-bench.ts";

const PERSON = { email: "ada@example.com", password: "a-long-walk-by-the-sea" } as const;

/** Makes an account, acme, and its agent, who signs in as a person would; the session's cookie. */
export async function signInForBench(postern: BenchPostern): Promise<string> {
  const call = async (path: string, body?: unknown) =>
    (await postern.call({ method: "POST", path: `/api/v1${path}`, body })) as Readonly<
      Record<string, string>
    >;
  await call("/accounts", { code: "acme", name: "Acme" });
  const memberships = [{ account: "acme", role: "agent" }];
  const user = { email: PERSON.email, name: "Ada Example", memberships, invite: false };
  const { id } = await call("/users", user);
  const { url = "" } = await call(`/users/${id}/password-link`);
  const token = url.split("#token=")[1];
  await call("/password-resets", { token, newPassword: PERSON.password });
  const answer = await fetch(`http://127.0.0.1:${postern.port}/api/v1/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(PERSON),
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0] ?? "")
    .find((pair) => pair.startsWith("postern-session="));
  if (cookie === undefined) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  return cookie;
}
