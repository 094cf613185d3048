// Why the program cannot start, in one line for the operator.

export class StartError extends Error {
  override readonly name = "StartError";
  /** Another process has the store at this moment; later it may be free, or answer itself. */
  readonly isStoreTaken: boolean;

  constructor(message: string, isStoreTaken = false) {
    super(message);
    this.isStoreTaken = isStoreTaken;
  }
}
