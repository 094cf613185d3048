// What is wrong with a webhook's form, said as it is typed.

/** The server looks again, and at what the name stands for. */
export function webhookUrlFault(text: string): string | null {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  const isOwn = url !== null && /^(localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isOwn)) return null;
  return "Write an https address, or http on this machine such as http://127.0.0.1:9000/events.";
}

export function webhookNameFault(text: string): string | null {
  return text.trim() === "" ? "Write a name by which it is known here, such as SIEM." : null;
}

export function webhookGroupsFault(groups: readonly string[]): string | null {
  return groups.length === 0 ? "Choose one kind of events at least." : null;
}
