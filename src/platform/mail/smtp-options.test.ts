// Checks when a connection to a mail server has to be encrypted.
import { expect, it } from "vitest";
import { parseSmtpUrl } from "../config-parsers.ts";
import { smtpOptions } from "./smtp-options.ts";

function optionsOf(url: string) {
  const parsed = parseSmtpUrl(url);
  if (!parsed.ok) throw new Error(url);
  const { secure, requireTLS, ignoreTLS, auth, forceAuth } = smtpOptions(parsed.value);
  return { secure, requireTLS, ignoreTLS, auth, forceAuth };
}

const PLAIN = { secure: false, requireTLS: false, ignoreTLS: false };
const NOBODY = { auth: undefined, forceAuth: undefined };
const ADA = { auth: { user: "ada", pass: "secret" }, forceAuth: true };

it.each([
  ["smtps://mail.example.com", { ...PLAIN, secure: true, ...NOBODY }],
  ["smtps://ada:secret@mail.example.com", { ...PLAIN, secure: true, ...ADA }],
  ["smtps://localhost", { ...PLAIN, secure: true, ...NOBODY }],
  // Begun when the server offers it; a password is never sent without it.
  ["smtp://mail.example.com", { ...PLAIN, ...NOBODY }],
  ["smtp://ada:secret@mail.example.com", { ...PLAIN, requireTLS: true, ...ADA }],
  ["smtp://ada:secret@127.example.com", { ...PLAIN, requireTLS: true, ...ADA }],
  ["smtp://ada:secret@10.0.0.5", { ...PLAIN, requireTLS: true, ...ADA }],
  // Nobody listens between two programs of one machine.
  ["smtp://ada:secret@localhost:25", { ...PLAIN, ignoreTLS: true, ...ADA }],
  ["smtp://127.0.0.1:25", { ...PLAIN, ignoreTLS: true, ...NOBODY }],
  ["smtp://[::1]:25", { ...PLAIN, ignoreTLS: true, ...NOBODY }],
])("%s", (url, options) => {
  expect(optionsOf(url)).toEqual(options);
});
