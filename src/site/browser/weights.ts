import { type Reweighed, reweigh, type Weighed } from '#scoring/reweigh';

/**
 * Ranks the companies of the page again whenever a weight is moved. Each row holds what is weighed (`data-weighed`), the form says in which
 * words; the weights stand in the fragment of the address, so that they can be shared.
 */

interface Page {
  readonly form: HTMLElement;
  readonly body: HTMLTableSectionElement;
  readonly said: HTMLElement;
  readonly sliders: readonly HTMLInputElement[];
  readonly rows: readonly HTMLTableRowElement[];
  readonly companies: readonly Weighed[];
  /** The ranks as they are published. */
  readonly before: readonly Reweighed[];
}

function pageOf(): Page | undefined {
  const form = document.querySelector<HTMLElement>('.weights');
  const body = document.querySelector<HTMLTableSectionElement>('table.weighed tbody');
  const said = document.querySelector<HTMLElement>('.weights-said');
  if (!form || !body || !said) return undefined;
  const sliders = [...form.querySelectorAll<HTMLInputElement>('input[type="range"]')];
  const rows = [...body.rows];
  const companies = rows.map((row) => JSON.parse(row.dataset.weighed ?? 'null') as Weighed);
  const published = sliders.map((slider) => Number(slider.defaultValue));
  return { form, body, said, sliders, rows, companies, before: reweigh(companies, published) };
}

/** Takes the weights of the address, if it has as many as there are sliders. */
function readAddress({ sliders }: Page): void {
  const found = /^#w=(\d{1,3}(?:,\d{1,3})*)$/.exec(location.hash)?.[1]?.split(',').map(Number);
  if (found?.length !== sliders.length) return;
  sliders.forEach((slider, index) => {
    slider.value = String(found[index]);
  });
}

function show(page: Page): void {
  const { form, body, said, sliders, rows, companies, before } = page;
  const weights = sliders.map((slider) => Number(slider.value));
  const sum = weights.reduce((all, own) => all + own, 0);
  showShares(page, weights, sum);
  const now = reweigh(companies, weights);
  const order = inOrder(companies, now);
  const moved = order.flatMap((index) => showRow(page, index, now[index], before[index]));
  body.append(...order.flatMap((index) => rows[index] ?? []));
  const { none = '', same = '' } = form.dataset;
  said.textContent = sum === 0 ? none : moved.length === 0 ? same : moved.join('; ');
}

/** Beside each slider, its share of all weight. */
function showShares({ form, sliders }: Page, weights: readonly number[], sum: number): void {
  sliders.forEach((slider, index) => {
    const share = sum === 0 ? 0 : Math.round(((weights[index] ?? 0) / sum) * 100);
    const output = slider.closest('label')?.querySelector('.share');
    if (output) output.textContent = (form.dataset.percent ?? '{n}%').replace('{n}', String(share));
  });
}

/** By group, then by rank; those that are not ranked last, the others as they stood. */
function inOrder(companies: readonly Weighed[], now: readonly Reweighed[]): number[] {
  const groupOf = (index: number) => companies[index]?.group ?? 0;
  const bestOf = (index: number) => now[index]?.best || Number.POSITIVE_INFINITY;
  const worstOf = (index: number) => now[index]?.worst ?? 0;
  return now
    .map((_, index) => index)
    .sort(
      (a, b) =>
        groupOf(a) - groupOf(b) ||
        (bestOf(a) === bestOf(b) ? 0 : bestOf(a) - bestOf(b)) ||
        worstOf(a) - worstOf(b) ||
        a - b,
    );
}

/** Writes the new rank and score of a company; gives what is to be said of it, if it moved. */
function showRow(
  { form, rows }: Page,
  index: number,
  now: Reweighed | undefined,
  was: Reweighed | undefined,
): string[] {
  const [rank, head, score, change] = rows[index]?.cells ?? [];
  if (!now || !was || !rank || !head || !score || !change) return [];
  const shift = now.best === 0 || was.best === 0 ? 0 : was.best - now.best;
  rank.textContent = now.best === 0 ? '–' : rangeText(now.best, now.worst);
  score.textContent = rangeText(Math.round(now.low * 100), Math.round(now.high * 100));
  change.textContent = shift === 0 ? '' : `${shift > 0 ? '▲' : '▼'} ${Math.abs(shift)}`;
  if (shift === 0) return [];
  const words = (shift > 0 ? form.dataset.up : form.dataset.down) ?? '{name} {n}';
  return [words.replace('{name}', head.textContent?.trim() ?? '').replace('{n}', String(Math.abs(shift)))];
}

const rangeText = (low: number, high: number) => (low === high ? String(low) : `${low}–${high}`);

function start(page: Page): void {
  const { form, sliders } = page;
  for (const slider of sliders) slider.addEventListener('input', () => show(page));
  form.addEventListener('change', () => {
    history.replaceState(null, '', `#w=${sliders.map((slider) => slider.value).join(',')}`);
  });
  form.querySelector('button')?.addEventListener('click', () => {
    for (const slider of sliders) slider.value = slider.defaultValue;
    history.replaceState(null, '', location.pathname);
    show(page);
  });
  addEventListener('hashchange', () => {
    readAddress(page);
    show(page);
  });
  for (const hidden of document.querySelectorAll<HTMLElement>('.needs-script')) hidden.hidden = false;
  readAddress(page);
  show(page);
}

const page = pageOf();
if (page) start(page);
