// Schemas of single values that several domains send: ids, names, times, e-mail addresses.
import { Type } from "typebox";

export const strict = { additionalProperties: false } as const;

// Controls, and what turns the direction of text or is not to be seen: a name must not look like
// another. The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
const CONTROLS = "\\u0000-\\u001f\\u007f-\\u009f";
const UNSEEN = "\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff";
const NOT_PLAIN = `${CONTROLS}${UNSEEN}`;

// One line of text with something to see: the first letter that is no blank is a plain one. A
// pattern is looked at however long the text is, so that it must take time linear to it.
const BLANK = "\\s\\u200c\\u200d";
const LINE_PATTERN = `^(?=[${BLANK}]*[^${BLANK}${NOT_PLAIN}])[^${NOT_PLAIN}]*$`;

export const IdSchema = Type.String({
  pattern: "^[a-z2-7]{20}$",
  description: "an id: 20 letters a-z and digits 2-7",
});
export const TimeSchema = Type.String({ format: "date-time" });
export const NullableTimeSchema = Type.Union([TimeSchema, Type.Null()]);

/** A name people read: one line that is not blank. */
export function nameSchema(maxLength: number) {
  return Type.String({
    minLength: 1,
    maxLength,
    pattern: LINE_PATTERN,
    description: "one line of plain text that is not blank",
  });
}

/** Checked further by core's parser; longer ones are never addresses (RFC 5321 4.5.3.1). */
export const EmailSchema = Type.String({
  minLength: 3,
  maxLength: 254,
  description: "an e-mail address such as ada@example.com",
});

/** 1,000 characters of any Unicode; what a character is, core's password rules say. */
export const PasswordSchema = Type.String({
  minLength: 1,
  // Characters outside the basic plane are two UTF-16 units.
  maxLength: 2000,
  description: "up to 1,000 characters",
});

/** Secrets of links: 32 random bytes in base64url. */
export const LinkTokenSchema = Type.String({
  pattern: "^[A-Za-z0-9_-]{43}$",
  description: "what stands after #token= in the link: 43 letters, digits, hyphens and underscores",
});

export const AccountCodeSchema = Type.String({
  minLength: 1,
  maxLength: 32,
  pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
  description: "an account's code: lower-case letters, digits and hyphens between them",
});

/** Lists are read page by page: `next` of one answer is `after` of the following question. */
export const pageQueryMembers = {
  search: Type.Optional(Type.String({ maxLength: 200, description: "part of what is listed" })),
  after: Type.Optional(Type.String({ maxLength: 300, description: "`next` of the answer before" })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
};
export const NextSchema = Type.Union([Type.String(), Type.Null()], {
  description: "`after` for what follows; null at the end",
});
