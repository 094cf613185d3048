// One step of a guide beside a provider's form.
import type { ReactNode } from "react";

export type GuideStep = { readonly title: string; readonly text: ReactNode };
