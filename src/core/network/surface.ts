// What a request is for; each surface has rules and limits of its own.

export const SURFACES = ["portal", "api", "sign-in", "webchat", "audio"] as const;

export type Surface = (typeof SURFACES)[number];
