// Why a copy cannot be used, as a clause for people; what was fetched is never repeated in it.

export class CopyFault extends Error {}
