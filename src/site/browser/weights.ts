import { reweigh, type Weighed } from '#scoring/reweigh';

/**
 * Ranks the companies of the page again whenever a weight is moved. The page holds what is weighed (`data-weighed`), and says with `data-…` in
 * which words; the weights stand in the fragment of the address, so that they can be shared.
 */
function start(): void {
  const form = document.querySelector<HTMLFormElement>('form.weights');
  const body = document.querySelector<HTMLTableSectionElement>('table.weighed tbody');
  const said = document.querySelector<HTMLElement>('.weights-said');
  if (!form || !body || !said) return;
  const sliders = [...form.querySelectorAll<HTMLInputElement>('input[type="range"]')];
  const rows = [...body.rows];
  const companies = rows.map((row) => JSON.parse(row.dataset.weighed ?? 'null') as Weighed);
  const before = reweigh(companies, sliders.map((slider) => Number(slider.defaultValue)));
  const words = form.dataset;
  const name = (index: number) => rows[index]?.querySelector('th')?.textContent?.trim() ?? '';

  const read = () => {
    const found = /^#w=(\d{1,3}(?:,\d{1,3})*)$/.exec(location.hash)?.[1]?.split(',').map(Number);
    if (found?.length !== sliders.length) return;
    sliders.forEach((slider, index) => {
      slider.value = String(found[index]);
    });
  };
  const range = (best: number, worst: number) =>
    best === 0 ? '–' : best === worst ? String(best) : `${best}–${worst}`;

  const show = () => {
    const weights = sliders.map((slider) => Number(slider.value));
    const sum = weights.reduce((all, own) => all + own, 0);
    sliders.forEach((slider, index) => {
      const share = sum === 0 ? 0 : Math.round(((weights[index] ?? 0) / sum) * 100);
      const output = slider.closest('label')?.querySelector('output');
      if (output) output.textContent = (words.percent ?? '{n}%').replace('{n}', String(share));
    });
    const now = reweigh(companies, weights);
    const order = now
      .map((_, index) => index)
      .sort(
        (a, b) =>
          (companies[a] as Weighed).group - (companies[b] as Weighed).group ||
          ((now[a]?.best || Infinity) as number) - ((now[b]?.best || Infinity) as number) ||
          (now[a]?.worst ?? 0) - (now[b]?.worst ?? 0) ||
          a - b,
      );
    const moved: string[] = [];
    for (const index of order) {
      const [row, own, was] = [rows[index], now[index], before[index]];
      if (!row || !own || !was) continue;
      const shift = own.best === 0 || was.best === 0 ? 0 : was.best - own.best;
      const cells = row.cells;
      (cells[0] as HTMLElement).textContent = range(own.best, own.worst);
      (cells[2] as HTMLElement).textContent =
        own.low === own.high
          ? String(Math.round(own.low * 100))
          : `${Math.round(own.low * 100)}–${Math.round(own.high * 100)}`;
      (cells[3] as HTMLElement).textContent = shift > 0 ? `▲ ${shift}` : shift < 0 ? `▼ ${-shift}` : '';
      if (shift !== 0)
        moved.push(
          ((shift > 0 ? words.up : words.down) ?? '{name} {n}')
            .replace('{name}', name(index))
            .replace('{n}', String(Math.abs(shift))),
        );
    }
    body.append(...order.flatMap((index) => rows[index] ?? []));
    said.textContent =
      sum === 0 ? (words.none ?? '') : moved.length === 0 ? (words.same ?? '') : moved.join('; ');
  };
  const keep = () => {
    history.replaceState(null, '', `#w=${sliders.map((slider) => slider.value).join(',')}`);
  };

  for (const slider of sliders) slider.addEventListener('input', show);
  form.addEventListener('change', keep);
  form.addEventListener('reset', () =>
    setTimeout(() => {
      history.replaceState(null, '', location.pathname);
      show();
    }),
  );
  addEventListener('hashchange', () => {
    read();
    show();
  });
  for (const hidden of document.querySelectorAll<HTMLElement>('.needs-script')) hidden.hidden = false;
  read();
  show();
}

start();
