/** Whether a date such as `2016-02-29` is in the calendar; years and months of the right form always are. */
export function isDay(date: string): boolean {
  if (date.length < 10) return true;
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === date;
}
