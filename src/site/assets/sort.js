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

  const sort = (table, head, column) => {
    const [first, other] = head.matches('.score, .measure')
      ? ['descending', 'ascending']
      : ['ascending', 'descending'];
    const direction = head.getAttribute('aria-sort') === first ? other : first;
    const turn = direction === 'ascending' ? 1 : -1;
    const body = table.tBodies[0];
    const rows = [...body.rows];
    rows.sort((a, b) => turn * compare(textOf(a, column), textOf(b, column)));
    body.append(...rows);
    for (const own of table.tHead.rows[0].cells) own.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', direction);
  };

  const announce = (name) => {
    if (!said) return;
    said.hidden = false;
    said.textContent = `${name}: ${said.dataset.said}`;
  };

  const moveAlongRow = (event) => {
    const links = [...(event.target.closest('tr')?.querySelectorAll('a') ?? [])];
    const turn = document.documentElement.dir === 'rtl' ? -1 : 1;
    const step = { ArrowRight: turn, ArrowLeft: -turn }[event.key];
    const next = links[links.indexOf(event.target.closest('a')) + (step ?? 0)];
    if (step === undefined || !next) return;
    event.preventDefault();
    next.focus();
  };

  for (const table of document.querySelectorAll('table.sortable')) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const link = head.querySelector('a');
      link?.addEventListener('click', (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        sort(table, head, column);
        announce(link.textContent.trim());
      });
    });
    for (const row of table.tBodies[0].rows)
      for (const link of [...row.querySelectorAll('a')].slice(1)) link.tabIndex = -1;
    table.tBodies[0].addEventListener('keydown', moveAlongRow);
  }
})();
