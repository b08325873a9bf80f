// Sorts the ranking in place. Without it, each header leads to a page that is sorted so.
(() => {
  const table = document.querySelector('table.sortable');
  if (!table) return;
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const figure = (text) => Number.parseFloat(text.replace('–', ' '));
  const textOf = (row, column) => row.cells[column].textContent.trim();
  const collator = new Intl.Collator(document.documentElement.lang);
  const compare = (a, b) => {
    const [x, y] = [figure(a), figure(b)];
    if (Number.isNaN(x) && Number.isNaN(y)) return collator.compare(a, b);
    return Number.isNaN(x) ? 1 : Number.isNaN(y) ? -1 : x - y;
  };
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
    });
  });
})();
