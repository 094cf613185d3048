// Says what is wrong with the name of a passkey, before it is sent.

const NAME_LENGTH_MAX = 100;

export function passkeyNameFault(name: string): string | null {
  if (name.trim() === "") return "Enter a name.";
  if (name.length > NAME_LENGTH_MAX) return `Enter ${NAME_LENGTH_MAX} characters at most.`;
  return null;
}
