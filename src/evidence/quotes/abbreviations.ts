/** Words that end with a full stop and no sentence, in the languages of the interface and a dozen others; without their last full stop, in small letters. */
const ABBREVIATIONS = new Set(
  [
    // English
    'mr mrs ms dr prof st jr sr rev hon gen col capt lt sgt vs etc al eg e.g ie i.e cf viz approx appt dept est fig figs no nos vol vols pp p ch sec secs art arts para paras cl reg regs subs resp incl excl ext tel min max avg a.m p.m a.k.a d.b.a',
    'inc ltd co corp llc llp plc bros assn gov govt univ intl u.s u.s.a u.k u.n e.u d.c jan feb mar apr jun jul aug sep sept oct nov dec',
    // German
    'abs art nr nrn ziff bzw ggf z.b d.h u.a u.u i.d.r i.s.d i.v.m o.ä o.g s.o s.u v.a z.t z.zt usw etc evtl inkl exkl zzgl gem vgl lit bspw sog ca max min mind std tel str dr prof hr fr st abb kap aufl hrsg gmbh & co.kg e.v a.g satz s z b d h u v i',
    // French
    'm mm mme mlle mgr me dr pr p.ex p ex c.-à-d c.à.d cf env av art al n no nos réf tél max min éd st ste s.a s.a.s s.a.r.l cie etc',
    // Spanish, Catalan and Portuguese
    'sr sra sres sras srta dr dra d dª ud uds vd vds p.ej p ej pág págs art arts núm núms n.º n.o nº ap aprox av avda cap etc ee.uu s.a s.l s.a.u s.r.l s.a.s c.v ltda cía c.f exmo exma ex v.g p.ex prof profa inc tel fig ed séc',
    // Italian, Romanian
    'sig sigg sig.ra sig.na dott dott.ssa avv ing prof art artt c cc co.2 n nn p pag pagg es ad.es ecc cfr s.p.a s.r.l s.n.c s.s par lett all tel nr alin lit str dl dna',
    // Dutch, Afrikaans
    'dhr mevr mw mr ir drs d.w.z bijv bv b.v n.v o.a m.b.t t.a.v i.v.m m.u.v o.b.v d.d enz art lid nr blz evt incl excl ca resp tel jl i.p.v t.b.v c.s',
    // Scandinavian and Finnish
    'bl.a t.ex d.v.s dvs m.m m.fl o.s.v osv f.eks feks bl kap ca kl nr st inkl exkl ang jf jfr pga pkt stk mht esim mm ym yms ns oy ab a.s',
    // Polish, Czech, Slovak, Hungarian
    'np tzn tj m.in itd itp art ust pkt zob por ul al nr r wg ds ok tys mln sp.z.o.o s.a dr inż mgr např tzv tj apod resp odst písm č čl s.r.o a.s sv str min max pl ill stb kb kft zrt bek sz',
    // Turkish
    'vb vs örn bkz md s sk no a.ş ltd şti dr prof doç av sn yy t.c m.ö m.s çev',
    // Russian, Ukrainian, Bulgarian, Serbian
    'т.е т.к т.д т.п т.н т.ч т.о и.о г гг в вв ст п пп ч абз рис стр руб коп млн млрд тыс тел ул д кв корп им см ср напр др пр проф акад ред изд н.э ооо ао зат м обл р-н тобто тощо грн та чл ал т бр лв нпр итд',
    // Greek, Hebrew, Arabic, Hindi, Indonesian, Vietnamese
    'κ κα κος δρ π.χ δηλ κ.λπ κ.ά αρ παρ άρθρ σελ τηλ ά.ε α.ε ε.π.ε ד"ר עמ מס ס ש د أ م ص ج डॉ श्री सं dll dsb dr no hlm tbk pt ts ths tp q',
  ]
    .join(' ')
    .split(' '),
);

/** Words that begin a sentence more often than they follow an abbreviation. */
const OPENERS = new Set(
  'the this these those that we you your our they their it its he she his her i if when where while for in on at to as by there here however please any all no not nor but and or so such each upon under der die das wir sie ihre unsere es wenn le la les nous vous il elle ils notre votre ce cette el los las nosotros usted ustedes si il lo gli noi voi o os as nós você de het wij we u als мы вы он она они это если наш ваш biz siz bu'.split(
    ' ',
  ),
);

/** Never the end of a sentence: something always follows them. */
const BEFORE_MORE =
  /^(?:mr|mrs|ms|dr|prof|rev|gen|vs|e\.g|eg|i\.e|ie|cf|viz|a\.k\.a|z\.b|zb|d\.h|bzw|vgl|gem|sog|ggf|evtl|mme|mlle|mgr|p\.ex|c\.à\.d|c\.-à-d|sra|srta|p\.ej|dott|avv|ing|sig|cfr|dhr|mevr|bijv|d\.w\.z|t\.ex|f\.eks|np|tzn|m\.in|örn|bkz|т\.е|им|напр|π\.χ|δηλ)$/;

const LAST_WORD = /(?:^|[\s(«“„"'‘[–—-])((?:[\p{L}\p{M}ªº&]+[.-] ?)*[\p{L}\p{M}ªº&]+)\.["'”’»)\]]*\s*$/u;
const FIRST_WORD = /^[\s"'“‘«„([]*([\p{L}\p{M}]+)/u;

/** Whether what a segmenter took for the end of a sentence is an abbreviation, after which the sentence goes on. */
export function endsWithAbbreviation(sentence: string, next: string): boolean {
  const last = LAST_WORD.exec(sentence.slice(-40))?.[1];
  if (last === undefined) return false;
  const opens = OPENERS.has(FIRST_WORD.exec(next)?.[1]?.toLowerCase() ?? '');
  // Without the spaces of “z. B.” and “т. е.”.
  const whole = last.replaceAll(' ', '').toLowerCase();
  const own = whole.split(/[.-]/).at(-1) ?? whole;
  if (BEFORE_MORE.test(whole) || BEFORE_MORE.test(own)) return true;
  if (ABBREVIATIONS.has(whole) || ABBREVIATIONS.has(own)) return !opens;
  // An initial: “J. Doe”, “M. Dupont”; and capitals with full stops between them: “E.R.P.”.
  const written = last.split(/[.-] ?/).at(-1) ?? last;
  return (/^\p{Lu}$/u.test(written) || /^(?:\p{L}\.)+\p{L}$/u.test(last)) && !opens;
}
