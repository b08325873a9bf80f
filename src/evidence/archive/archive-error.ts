/** Something about an archive that does not hold, or cannot be done now. Its message is for people; `name` tells it from a mistake of the program. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** Something that the ledger names is not in the archive. */
export class MissingError extends ArchiveError {}
/** Something in the archive is not what its address says. */
export class DamagedError extends ArchiveError {}
