// Writes the one form of cookie that is ours: for this host alone and for no script.
import { fastifyCookie } from "@fastify/cookie";

export type NewCookie = {
  readonly name: string;
  readonly value: string;
  readonly isSecure: boolean;
  /** null: until the browser ends; 0: forget it. */
  readonly maxAgeSeconds: number | null;
};

/** The value of a Set-Cookie header. Path=/ and no Domain, as `__Host-` asks (RFC 6265bis). */
export function serializeCookie(cookie: NewCookie): string {
  return fastifyCookie.serialize(cookie.name, cookie.value, {
    path: "/",
    httpOnly: true,
    secure: cookie.isSecure,
    sameSite: "lax",
    ...(cookie.maxAgeSeconds === null ? {} : { maxAge: cookie.maxAgeSeconds }),
  });
}
