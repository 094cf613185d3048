// What a step of setting up a method is to whatever shows it: a dialog, or the card of a sign-in.
import type { ReactNode } from "react";
import type { FactorOnAnswer } from "../../../api/two-factor-api.ts";
import type { Prove } from "./prove.ts";

export type SetUpStep = {
  readonly title: string;
  readonly content: ReactNode;
  /** Gives up, or asks once when something would be lost that is shown only now. */
  readonly close: () => void;
  /** A click beside the dialog does not close it. */
  readonly isGuarded: boolean;
};

export type SetUpStepsProps = {
  /** The method is on already and gets a new secret or address. */
  readonly isReset: boolean;
  /** Draws the step; it is one dialog, or one card, all the while. */
  readonly frame: (step: SetUpStep) => ReactNode;
  /** Asks who is there when the server wants to know; a sign-in has just shown it. */
  readonly prove?: Prove;
  /** The method is on; what is shown of it elsewhere is out of date. */
  readonly onOn?: () => void;
  readonly onCancel: () => void;
  /** The frame offers to give up, so the step itself does not. */
  readonly isCancelInFrame?: boolean;
  /** "Done" was pressed. */
  readonly onDone: (answer: FactorOnAnswer) => void;
};
