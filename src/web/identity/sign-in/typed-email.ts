// Carries the e-mail address from one page of the sign-in to the next, in memory only.

let typedEmail = "";

export function rememberTypedEmail(email: string): void {
  typedEmail = email;
}

export function lastTypedEmail(): string {
  return typedEmail;
}
