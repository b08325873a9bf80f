// Shows, of the names on the page, those that hold every word typed: without regard to case and accents.
(() => {
  const field = document.querySelector('#search');
  const said = document.querySelector('.search-said');
  const items = [...document.querySelectorAll('.searched li')];
  if (!field || !said) return;
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const names = items.map((item) => plain(item.textContent));
  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let found = 0;
    items.forEach((item, index) => {
      item.hidden = !words.every((word) => names[index].includes(word));
      if (!item.hidden) found++;
    });
    for (const section of document.querySelectorAll('.searched section'))
      section.hidden = !section.querySelector('li:not([hidden])');
    said.textContent = words.length === 0 ? '' : `${found}`;
  };
  for (const hidden of document.querySelectorAll('.needs-script')) hidden.hidden = false;
  field.addEventListener('input', show);
  show();
})();
