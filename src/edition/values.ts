import { z } from 'zod';
import { isDay } from './dates.ts';
import { ID_PATTERN } from './ids.ts';

/** The values that the files of an edition are made of. */

export const id = z
  .string()
  .regex(ID_PATTERN, 'must be lower-case words of a–z and 0–9 joined by single hyphens')
  .meta({ description: 'Lower-case words of a–z and 0–9 joined by single hyphens; stable for ever.' });

export const text = z.string().trim().min(1, 'must not be empty');

/** A number that is kept exactly as written: a whole number, a decimal, or (in quotes) a fraction such as "1/3". */
const NUMBER = 'must be a number such as 2, 0.25 or "1/3"';
export const exact = z
  .union([z.number(), z.string().regex(/^-?\d+(?:\.\d+|\/[1-9]\d*)?$/, NUMBER)], NUMBER)
  .transform(String)
  .meta({ description: 'An exact number: 2, 0.25 or, in quotes, a fraction: "1/3".' });

export const PARTIAL_DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;
export const date = z
  .string()
  .regex(PARTIAL_DATE, 'must be a date such as 2016, 2016-07 or 2016-07-12')
  .refine(isDay, 'must be a day that there is')
  .meta({
    description: 'As exact as is known: 2016, 2016-07 or 2016-07-12.',
  });

/** BCP 47, as far as editions need it. */
export const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/** A whole address of the web, as far as its form tells: with a host that has a dot, and no spaces. */
export const WEB_ADDRESS = /^https?:\/\/[^\s/][^\s/.]*\.\S*$/;
