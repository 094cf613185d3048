// Checks one section of a policy file: by its schema, and by what no schema can say.
import { FILE_SECTION_SCHEMAS } from "../../api/policy-file-api.ts";
import { checkBanRule, checkRateLimits, checkRoutes } from "../../core/network/check-policy.ts";
import type { PolicyFault } from "../../core/network/check-policy.ts";
import type { BanRule, RateLimitsRule, RoutesRule } from "../../core/network/network-policy.ts";
import { AUDIO_SECTION } from "../../core/policy/policy-file.ts";
import type { FileSection } from "../../core/policy/policy-file.ts";
import { needsWhitelist, WHITELIST_ENTRIES_MAX } from "../../core/recordings/audio-policy.ts";
import type { AudioPolicy } from "../../core/recordings/audio-policy.ts";
import { readWhitelist } from "../../core/recordings/compile-whitelist.ts";
import { createSchemaCheck } from "../../platform/http/schema-compiler.ts";
import { pathOfPointer } from "./yaml-place.ts";
import type { Path } from "./yaml-place.ts";

export type SectionFinding = { readonly path: Path; readonly message: string };

export type CheckedSection =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly faults: readonly SectionFinding[] };

/** Paths are below the section. The value of an accepted one is canonical. */
export function checkFileSection(section: FileSection, sent: unknown): CheckedSection {
  const checked = createSchemaCheck(FILE_SECTION_SCHEMAS[section], "The section")(sent);
  if (!checked.ok) {
    const errors = (checked.problem.extra.errors ?? []).filter((error) => "path" in error);
    return { ok: false, faults: errors.map(toFinding) };
  }
  // INVARIANT: what follows has passed the section's schema.
  if (section === AUDIO_SECTION) return checkAudio(checked.value as AudioPolicy);
  const faults = findFaults(section, checked.value).map(toFinding);
  return faults.length === 0 ? { ok: true, value: checked.value } : { ok: false, faults };
}

function toFinding({ path, message }: PolicyFault): SectionFinding {
  return { path: pathOfPointer(path), message };
}

function findFaults(section: FileSection, value: unknown): readonly PolicyFault[] {
  switch (section) {
    case "rate-limits":
      return checkRateLimits(value as RateLimitsRule);
    case "ban":
      return checkBanRule(value as BanRule);
    case "routes":
      return checkRoutes(value as RoutesRule);
    default:
      return [];
  }
}

function checkAudio(sent: AudioPolicy): CheckedSection {
  const reading = readWhitelist(sent.whitelist);
  if (!reading.ok) {
    const faults = reading.faults.map(({ line, message }) => ({
      path: ["whitelist", line - 1],
      message: `is not accepted: ${message}`,
    }));
    return { ok: false, faults };
  }
  const count = reading.entries.length;
  if (count > WHITELIST_ENTRIES_MAX) {
    const message = `has ${count} entries; at most ${WHITELIST_ENTRIES_MAX} are kept`;
    return { ok: false, faults: [{ path: ["whitelist"], message }] };
  }
  if (count === 0 && needsWhitelist(sent.mode)) {
    const message = "needs an address, CIDR block or range: nobody could hear a recording";
    return { ok: false, faults: [{ path: ["whitelist"], message }] };
  }
  return { ok: true, value: { ...sent, whitelist: reading.entries } };
}
