export interface Card {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  readonly subtitle: string;
  readonly rows: readonly { rank: string; name: string; score: string; share: number }[];
  readonly outOf: string;
  readonly asOf: string;
  readonly notice: string;
  readonly more: string;
}
export async function makeCard(_card: Card): Promise<Uint8Array | undefined> {
  return undefined;
}
