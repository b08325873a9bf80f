import { NoEditionError } from '#edition/folder';
import { isError } from '#edition/index';
import type { Scored } from '#scoring/index';
import type { CheckedClaim } from '#tables/index';
import { announce, Exit, problemList } from './open.ts';
import { complain, count } from './terminal.ts';

/** An edition of which everything holds, claims and deviations too: what may be published. Else prints what does not, and ends with 1. */
export async function openChecked(
  folder: string,
): Promise<{ scored: Scored; claims: readonly CheckedClaim[] }> {
  announce(folder);
  const { checkEdition } = await import('#evidence/check');
  const { scored, problems, claims } = await checkEdition(folder);
  const errors = problems.filter(isError);
  if (scored && errors.length === 0) return { scored, claims };
  if (!scored && errors.length === 0) throw new NoEditionError(`“${folder}” cannot be read.`);
  complain(problemList(errors));
  throw new Exit(
    1,
    `${folder} has ${count(errors.length, 'error')}; nothing was built. Mend what is listed, and build again.`,
  );
}
