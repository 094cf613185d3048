// One mail as it is handed to the mailer, and what became of it.

export type MailAddress = { readonly name: string; readonly address: string };

export type MailMessage = {
  /** Names the file in the outbox; a mail that is sent again has the same. */
  readonly id: string;
  /** One address, never a list. */
  readonly to: string;
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly atMs: number;
};

export type MailOutcome =
  | { readonly kind: "sent" }
  /** Later it may go: nobody answers, the server is busy, a setting of ours is wrong. */
  | { readonly kind: "temporary-failure"; readonly error: string }
  /** The server will never take this mail for this recipient. */
  | { readonly kind: "permanent-failure"; readonly error: string };
