// What the note of a list entry may be.

export const NOTE_LENGTH_MAX = 500;

/** One line of text: control characters are no note, and one of them no store keeps. */
export const NOTE_PATTERN = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";
