// What people read when a sign-in or a connection by a provider came to nothing.
import { SIGN_IN_FAULTS } from "../../../core/identity/single-sign-on/sign-in-fault.ts";
import type { SignInFault } from "../../../core/identity/single-sign-on/sign-in-fault.ts";

export type FaultWords = {
  readonly title: string;
  /** What happened, then what to do next. */
  readonly text: string;
  /** A new password by e-mail opens the sign-in again. */
  readonly canReset?: boolean;
};

export type FaultTold = {
  readonly fault: SignInFault;
  /** As its button says it; null: not one whose button is shown. */
  readonly providerName: string | null;
  readonly doing: "sign-in" | "connect";
};

export function isSignInFault(value: unknown): value is SignInFault {
  return (SIGN_IN_FAULTS as readonly unknown[]).includes(value);
}

export function describeSignInFault({ fault, providerName, doing }: FaultTold): FaultWords {
  const words = WORDS[fault](providerName ?? "the provider", NEXT[doing]);
  return { ...words, title: capitalise(words.title), text: capitalise(words.text) };
}

/** "the provider" begins a sentence here and there. */
function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const NEXT = {
  "sign-in": {
    again: "Begin again with its button below",
    another: "sign in another way",
    result: "nobody was signed in",
  },
  connect: {
    again: "Begin again with “Connect”",
    another: "go on with the ways in that you have",
    result: "nothing was connected",
  },
} as const;

type Next = (typeof NEXT)[FaultTold["doing"]];

const WORDS: Readonly<Record<SignInFault, (name: string, next: Next) => FaultWords>> = {
  "flow-ended": (name, { again }) => ({
    title: "That took too long, or was finished before",
    text:
      `A sign-in at ${name} is good for ten minutes, once, and in the browser in which it was ` +
      `begun. ${again}.`,
  }),
  "provider-off": (name, { another }) => ({
    title: `${name} cannot be used here at present`,
    text: `An administrator has turned it off. Ask them about it, or ${another}.`,
  }),
  "provider-unreachable": (name, { another }) => ({
    title: `${name} does not answer`,
    text: `It could not be reached from here just now. Try again in a minute, or ${another}.`,
  }),
  "provider-refused": (name, { again, another, result }) => ({
    title: `${name} did not let you through`,
    text:
      `It sent you back with a refusal, so ${result}. ${again}. If that stays so, tell your ` +
      `administrator, and ${another} meanwhile.`,
  }),
  "provider-cancelled": (name, { again, result }) => ({
    title: `You did not finish at ${name}`,
    text: `It was cancelled, so ${result}. ${again} if you did not mean to.`,
  }),
  "token-refused": (name, { again, another, result }) => ({
    title: `The answer of ${name} was not accepted`,
    text:
      `It could not be confirmed that the answer is meant for you here, so ${result}. ${again}. ` +
      `If that stays so, tell your administrator, and ${another} meanwhile.`,
  }),
  "tenant-refused": (name, { again }) => ({
    title: "Accounts of that organisation are not let in here",
    text:
      `You used an account of another organisation at ${name}. ${again} and choose the account ` +
      "of your work, or ask your administrator.",
  }),
  "sign-in-refused": (name) => ({
    title: "You cannot sign in at present",
    text:
      `${name} has confirmed who you are, but your user here is locked or was away for too long. ` +
      "Choose a new password by e-mail and you are in again. If no mail comes, ask your " +
      "administrator.",
    canReset: true,
  }),
  "user-not-theirs": (name, { another }) => ({
    title: `${name} is not for you here`,
    text:
      "It belongs to one account, and signs in only people who are in that account and in no " +
      `other. Please ${another}.`,
  }),
  "connection-taken": (name) => ({
    title: "That account is connected with somebody else",
    text:
      `What you used at ${name} signs in another user here. Choose another account there, or ` +
      "ask your administrator to disconnect it from the other user.",
  }),
  "connection-exists": (name) => ({
    title: `You are connected with ${name} already`,
    text: "But with another account there. Disconnect that one first, then connect this one.",
  }),
  "session-changed": (name, { again }) => ({
    title: "Nothing was connected",
    text:
      `Before you were back from ${name}, your session here had ended or was another one. ` +
      `${again}.`,
  }),
  "proof-ended": (name, { again }) => ({
    title: "You were away for too long",
    text:
      `When you were back from ${name}, you had last proved that it is you more than ten minutes ` +
      `ago, so nothing was connected. ${again}: you are asked for the proof once more.`,
  }),
  "store-unavailable": (_name, { result }) => ({
    title: "That did not work just now",
    text: `Postern could not look you up for a moment, so ${result}. Try again in a minute.`,
  }),
};
