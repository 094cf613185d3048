// Reads and saves who may hear an account's recordings, and asks what a change would do.
import { queryOptions } from "@tanstack/react-query";
import type { AudioPolicyAnswer, AudioPreviewAnswer } from "../../../api/audio-download-api.ts";
import type { AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import { answerOf, api } from "../../api/api.ts";
import { saveForMinutes } from "../../shell/lockout-dialog.tsx";

/** A value that the API takes: its arrays may not be readonly. */
function bodyOf({ mode, whitelist, onlyShareable }: AudioPolicy) {
  return { mode, whitelist: [...whitelist], onlyShareable };
}

export function audioPolicyKey(account: string) {
  return ["audio-download", account] as const;
}

export function readAudioPolicy(account: string): Promise<AudioPolicyAnswer> {
  const params = { query: { account } };
  return answerOf(api.GET("/api/v1/audio-download", { params }));
}

export function audioPolicyQuery(account: string) {
  return queryOptions({
    queryKey: audioPolicyKey(account),
    queryFn: () => readAudioPolicy(account),
  });
}

export type AudioPolicySave = {
  readonly value: AudioPolicy;
  readonly version: number;
  /** Entries that are very wide were asked about. */
  readonly confirmWide: boolean;
  /** After which it goes back unless it is confirmed; null: it stays. */
  readonly minutes: number | null;
};

/** Refused with 412 when somebody saved after `version` was read. */
export function saveAudioPolicy(
  account: string,
  { value, version, confirmWide, minutes }: AudioPolicySave,
): Promise<AudioPolicyAnswer> {
  const body = { value: bodyOf(value), version, ...(confirmWide ? { confirmWide } : {}) };
  return saveForMinutes(minutes, (safety) => {
    const params = { query: { account, ...safety } };
    return answerOf(api.PUT("/api/v1/audio-download", { params, body }));
  });
}

export function audioPreviewQuery(account: string, value: AudioPolicy) {
  return queryOptions({
    queryKey: ["audio-download-preview", account, value] as const,
    queryFn: (): Promise<AudioPreviewAnswer> => {
      const params = { query: { account } };
      const body = { value: bodyOf(value) };
      return answerOf(api.POST("/api/v1/audio-download/preview", { params, body }));
    },
    // Who asked in the last days does not change while somebody chooses.
    staleTime: 60_000,
    retry: false,
  });
}
