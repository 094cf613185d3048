// Says why a file cannot serve as a country database; caught where the file was opened.

/** `message` follows the name of the file in a sentence: "is empty". */
export class CountryFileError extends Error {}
