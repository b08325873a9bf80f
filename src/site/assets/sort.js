// Sorts the ranking in place, and lets arrow keys move along a row, so that each row is one stop of the tab key. Without it, each header
// leads to a page that is sorted so, and every link is a stop of its own.
(() => {
  const said = document.querySelector('.sorted');
  const collator = new Intl.Collator(document.documentElement.lang);
  const figure = (text) => Number.parseFloat(text.replace('=', '').replace('–', ' '));
  const textOf = (row, column) => row.cells[column].textContent.trim();
  const compare = (a, b) => {
    const [x, y] = [figure(a), figure(b)];
    if (Number.isNaN(x) && Number.isNaN(y)) return collator.compare(a, b);
    return Number.isNaN(x) ? 1 : Number.isNaN(y) ? -1 : x - y;
  };
  for (const table of document.querySelectorAll('table.sortable')) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const link = head.querySelector('a');
      if (!link) return;
      link.addEventListener('click', (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        const falls = head.matches('.score, .measure');
        const now = head.getAttribute('aria-sort');
        const first = falls ? 'descending' : 'ascending';
        const direction = now === first ? (falls ? 'ascending' : 'descending') : first;
        const turn = direction === 'ascending' ? 1 : -1;
        const rows = [...body.rows];
        rows.sort((a, b) => turn * compare(textOf(a, column), textOf(b, column)));
        body.append(...rows);
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', direction);
        if (!said) return;
        said.hidden = false;
        said.textContent = `${link.textContent.trim()}: ${said.dataset.said ?? ''}`;
      });
    });
    for (const row of body.rows)
      for (const link of [...row.querySelectorAll('a')].slice(1)) link.tabIndex = -1;
    body.addEventListener('keydown', (event) => {
      const links = [...(event.target.closest('tr')?.querySelectorAll('a') ?? [])];
      const here = links.indexOf(event.target.closest('a'));
      const turn = document.documentElement.dir === 'rtl' ? -1 : 1;
      const step = { ArrowRight: turn, ArrowLeft: -turn }[event.key];
      if (here < 0 || step === undefined) return;
      const next = links[here + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  }
})();
