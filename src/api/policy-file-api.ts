// What travels about policy files: their schema, what one would change, and what was changed.
import { Type } from "typebox";
import type { Static, TSchema } from "typebox";
import {
  ACCOUNT_FILE_SECTIONS,
  FILE_ENTRIES_MAX,
  PLATFORM_FILE_SECTIONS,
} from "../core/policy/policy-file.ts";
import type { FileSection } from "../core/policy/policy-file.ts";
import { AudioPolicySchema } from "./audio-download-api.ts";
import { CHANGE_SAFETY } from "./change-safety-api.ts";
import { NewEntrySchema } from "./entry-api.ts";
import { IDENTITY_SECTION_SCHEMAS } from "./identity-policy-api.ts";
import { ENTRY_WORDS, FILE_WORDS, SECTION_WORDS, wordsOfKey } from "./policy-file-words.ts";
import { SECTION_SCHEMAS } from "./policy-api.ts";
import { PREVIEW_PERIODS, PreviewAnswerSchema } from "./preview-api.ts";
import { ChangeWaitsSchema } from "./unconfirmed-api.ts";
import { AccountCodeSchema, nameSchema, strict } from "./value-schemas.ts";

/** RFC 9512. */
export const POLICY_FILE_TYPE = "application/yaml";
export const POLICY_FILE_VERSION = 1;
/** 100,000 entries with a note each. */
export const POLICY_FILE_BYTES_MAX = 16 * 1024 * 1024;

const CODE_PATTERN = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";

/** By section name: the shapes that the API takes. */
export const FILE_SECTION_SCHEMAS = {
  ...SECTION_SCHEMAS,
  ...IDENTITY_SECTION_SCHEMAS,
  "audio-download": AudioPolicySchema,
} as const satisfies Record<FileSection, TSchema>;

export const FileEntrySchema = Type.Object(
  {
    range: Type.String({ description: ENTRY_WORDS.range }),
    action: NewEntrySchema.properties.action,
    note: NewEntrySchema.properties.note,
    expiresAt: NewEntrySchema.properties.expiresAt,
  },
  strict,
);

type Described = { readonly [keyword: string]: unknown };

/** The same schema, as plain JSON and short, with what each key means. */
function described(section: FileSection, schema: Described, path = ""): Described {
  const words = path === "" ? SECTION_WORDS[section] : wordsOfKey(section, path);
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  const { properties, items, anyOf, ...rest } = schema;
  const members = Object.entries((properties ?? {}) as Readonly<Record<string, Described>>);
  return {
    ...rest,
    ...(words === "" ? {} : { description: words }),
    ...(anyOf === undefined ? {} : choiceOf(anyOf as readonly Described[])),
    ...(items === undefined ? {} : { items: described(section, items as Described, below("0")) }),
    ...(properties === undefined ? {} : membersOf(members.map(describedMember))),
  };

  function describedMember([name, member]: [string, Described]) {
    return [name, described(section, member, below(name))] as const;
  }
}

function choiceOf(members: readonly Described[]): Described {
  const values = members.map((member) => member["const"]);
  return values.includes(undefined) ? { anyOf: members } : { enum: values };
}

/** Of the countries each one has the same schema. */
function membersOf(members: readonly (readonly [string, Described])[]): Described {
  const [first] = members;
  if (first === undefined || members.length < 100) {
    return { properties: Object.fromEntries(members) };
  }
  return { propertyNames: { enum: members.map(([name]) => name) }, additionalProperties: first[1] };
}

/** As JSON, so that nothing but keywords is in it. */
function toJson(schema: TSchema): Described {
  return JSON.parse(JSON.stringify(schema)) as Described;
}

function ownerSchema(sections: readonly FileSection[]): Described {
  const names = [...sections, "entries"];
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${name}` }]));
}

function nullable(properties: object, description: string): Described {
  return { type: ["object", "null"], additionalProperties: false, description, properties };
}

const SECTIONS = Object.keys(FILE_SECTION_SCHEMAS) as FileSection[];

/** For editors (JSON Schema 2020-12). What no schema can say, the plan says. */
export const POLICY_FILE_JSON_SCHEMA: Described = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: `urn:postern:policy-file:${POLICY_FILE_VERSION}`,
  title: "Postern policy file",
  type: "object",
  additionalProperties: false,
  required: ["version"],
  properties: {
    version: { const: POLICY_FILE_VERSION, description: FILE_WORDS.version },
    platform: nullable(ownerSchema(PLATFORM_FILE_SECTIONS), FILE_WORDS.platform),
    accounts: {
      type: ["object", "null"],
      description: FILE_WORDS.accounts,
      additionalProperties: false,
      patternProperties: {
        [CODE_PATTERN]: nullable(
          {
            name: { ...toJson(nameSchema(200)), description: FILE_WORDS.name },
            ...ownerSchema(ACCOUNT_FILE_SECTIONS),
          },
          "the account's rules; a section that is not named stays as it is",
        ),
      },
    },
  },
  $defs: {
    ...Object.fromEntries(
      SECTIONS.map((name) => [name, described(name, toJson(FILE_SECTION_SCHEMAS[name]))]),
    ),
    entries: {
      type: "array",
      maxItems: FILE_ENTRIES_MAX,
      description: FILE_WORDS.entries,
      items: toJson(FileEntrySchema),
    },
  },
};

export const PolicyFileQuerySchema = Type.Object(
  {
    account: Type.Optional(
      Type.String({ ...AccountCodeSchema, description: "only this account's; without: all" }),
    ),
  },
  strict,
);

const planProperties = {
  createAccounts: Type.Optional(
    Type.Boolean({ description: "accounts that the file names and are not there are made" }),
  ),
  confirmWide: Type.Optional(
    Type.Boolean({ description: "new ranges wider than an IPv4 /8 or an IPv6 /16 are meant" }),
  ),
};

export const PlanQuerySchema = Type.Object(
  {
    ...planProperties,
    period: Type.Optional(
      Type.Enum(PREVIEW_PERIODS, {
        description: "also tell who of that time would be decided differently",
      }),
    ),
  },
  strict,
);

export const ApplyQuerySchema = Type.Object(
  {
    ...planProperties,
    ...CHANGE_SAFETY,
    fingerprint: Type.Optional(
      Type.String({
        pattern: "^[0-9a-f]{64}$",
        description: "of the plan; 412 when the rules or the file are other than they were then",
      }),
    ),
  },
  strict,
);

const nullableCode = Type.Union([Type.String(), Type.Null()], { description: "null: platform" });
const ScalarSchema = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);
const count = Type.Integer({ minimum: 0 });

const PlannedEntrySchema = Type.Object(
  {
    range: Type.String(),
    action: Type.String(),
    note: Type.String(),
    expiresAt: Type.Union([Type.String(), Type.Null()]),
  },
  strict,
);
export type PlannedEntry = Static<typeof PlannedEntrySchema>;

/** Of so many entries of each kind a plan shows which. */
export const PLANNED_ENTRIES_MAX = 1000;

export const PlannedOwnerSchema = Type.Object(
  {
    account: nullableCode,
    isNew: Type.Boolean({ description: "the account is made" }),
    values: Type.Array(
      Type.Object(
        { section: Type.String(), path: Type.String(), before: ScalarSchema, after: ScalarSchema },
        strict,
      ),
      { description: "null: it was or is not named" },
    ),
    lists: Type.Array(
      Type.Object(
        {
          section: Type.String(),
          path: Type.String(),
          added: Type.Array(Type.String()),
          removed: Type.Array(Type.String()),
        },
        strict,
      ),
    ),
    entries: Type.Object(
      {
        added: count,
        removed: count,
        changed: count,
        firstAdded: Type.Array(PlannedEntrySchema),
        firstRemoved: Type.Array(PlannedEntrySchema),
        firstChanged: Type.Array(
          Type.Object({ before: PlannedEntrySchema, after: PlannedEntrySchema }, strict),
        ),
      },
      { ...strict, description: `of each kind at most ${PLANNED_ENTRIES_MAX} are shown` },
    ),
  },
  strict,
);
export type PlannedOwner = Static<typeof PlannedOwnerSchema>;

const WaitingPartSchema = Type.Object(
  { account: nullableCode, subject: Type.String({ description: "a section's name, or entries" }) },
  strict,
);

/** A change that the file is about as well. */
const PlanWaitsSchema = Type.Object(
  { ...ChangeWaitsSchema.properties, parts: Type.Array(WaitingPartSchema) },
  strict,
);
export type PlanWaits = Static<typeof PlanWaitsSchema>;

export const PlanAnswerSchema = Type.Object(
  {
    fingerprint: Type.String({ description: "for applying just this" }),
    waiting: Type.Array(PlanWaitsSchema, {
      description:
        "changes that wait to be confirmed, of sections and lists that the file names: while " +
        "there is one, applying the file is refused with change-waits, also where isSame is true",
    }),
    isSame: Type.Boolean({ description: "there is nothing to change" }),
    differences: Type.Array(PlannedOwnerSchema, {
      description: "owners for whom nothing changes are left out",
    }),
    changes: Type.Array(Type.Unknown({ description: "as POST /api/v1/previews takes them" })),
    preview: Type.Union([PreviewAnswerSchema, Type.Null()]),
  },
  strict,
);
export type PlanAnswer = Static<typeof PlanAnswerSchema>;

export const ApplyAnswerSchema = Type.Object(
  {
    isSame: Type.Boolean({ description: "there was nothing to change" }),
    changeId: Type.Union([Type.String(), Type.Null()]),
    differences: Type.Array(PlannedOwnerSchema),
  },
  strict,
);
export type ApplyAnswer = Static<typeof ApplyAnswerSchema>;
