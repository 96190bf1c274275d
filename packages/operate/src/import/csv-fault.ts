/** Reason for which a file cannot be imported, as the end of a sentence on the file. */
export class CsvFault extends Error {}
