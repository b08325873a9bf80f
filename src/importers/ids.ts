/** Makes ids: lower-case words of a–z and 0–9 joined by hyphens, each once. */
export function idMaker(): (name: string, prefix?: string) => string {
  const taken = new Set<string>();
  return (name, prefix = '') => {
    const base = [prefix, slug(name) || 'x'].filter(Boolean).join('-');
    let id = base;
    for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
    taken.add(id);
    return id;
  };
}

/** A name as words of a–z and 0–9 joined by hyphens: `América Móvil` gives `america-movil`. Empty where nothing is left. */
export function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}’'“”"]/gu, '')
    .replace(/(?<=\p{Lu})&(?=\p{Lu})/gu, '')
    .replace(/&/g, ' and ')
    .replace(/ß/g, 'ss')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .replace(/-$/, '');
}
