import { walkXml } from '#formats/packed';

/** What of the look of words decides whether they are said. */
export interface Look {
  readonly vanish?: boolean;
  readonly strike?: boolean;
}

export const isOn = (value: string | undefined) => value !== '0' && value !== 'false' && value !== 'off';

/** Which styles hide words or strike them out, also by the style they are based on. */
export function docxStyles(xml: string | undefined): ReadonlyMap<string, Look> {
  const own = new Map<string, Look>();
  const bases = new Map<string, string>();
  let id = '';
  if (xml === undefined) return own;
  walkXml(xml, {
    open(name, { styleId, val }) {
      if (name === 'style') id = styleId ?? '';
      else if (name === 'basedOn' && val !== undefined) bases.set(id, val);
      else if (name === 'vanish') own.set(id, { ...own.get(id), vanish: isOn(val) });
      else if (name === 'strike' || name === 'dstrike') own.set(id, { ...own.get(id), strike: isOn(val) });
    },
    close(name) {
      if (name === 'style') id = '';
    },
    text() {},
  });
  own.delete('');
  const looks = new Map<string, Look>();
  for (const name of new Set([...own.keys(), ...bases.keys()])) {
    let look: Look = {};
    // Styles can be based on each other in a circle; ten steps are more than anybody nests.
    for (
      let at: string | undefined = name, step = 0;
      at !== undefined && step < 10;
      at = bases.get(at), step++
    )
      look = { ...own.get(at), ...look };
    if (look.vanish || look.strike) looks.set(name, look);
  }
  return looks;
}
