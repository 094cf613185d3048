// What requests are for, in words.
import type { Surface } from "../../core/network/surface.ts";
import { readableCode } from "./reason-words.ts";

export const SURFACE_NAMES: Readonly<Record<Surface, string>> = {
  portal: "Portal",
  api: "API",
  "sign-in": "Sign-in",
  webchat: "Web chat",
  audio: "Audio",
};

export function surfaceName(surface: string): string {
  const names: Readonly<Record<string, string | undefined>> = SURFACE_NAMES;
  return names[surface] ?? readableCode(surface);
}
