export function formatDate(date: string, _language: string): string {
  return date;
}
