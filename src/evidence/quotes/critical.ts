import { flatten } from './typography.ts';
import type { Piece } from './words.ts';

/**
 * Words on which the meaning of a promise turns: negations, modals, quantities, conditions. The lists of all languages count at once, since pages mix
 * them; they lean to the side of asking a person once too often.
 */
const listOf = (...words: readonly string[]) =>
  new Set(
    words
      .join(' ')
      .split(' ')
      .map((word) => flatten(word).flat.toLowerCase()),
  );

/** Words that deny, and those that allow or forbid: a heading or an introduction with one of them more or less says the reverse. */
const REVERSING = listOf(
  // English
  'no not never none nobody nothing nowhere neither nor without cannot except excluding unless only solely hardly rarely seldom refuse refuses refused deny denies denied stop stops stopped cease ceases longer',
  'may might must shall should can could allowed permitted prohibited forbidden required optional mandatory voluntary always sometimes unlikely exception exceptions exempt exemptions',
  'ausnahme ausnahmen exception exceptions excepción excepciones exceção exceções eccezione eccezioni исключение исключения uitzondering uitzonderingen istisna istisnalar wyjątki undantag استثناء استثناءات חריגים अपवाद 예외',
  // French
  'ne pas jamais aucun aucune rien ni sans sauf excepté seulement uniquement peut peuvent pouvons pouvez doit doivent devons devez devrait devraient pourrait pourraient toujours parfois interdit autorisé obligatoire facultatif',
  // German
  'nicht kein keine keinen keinem keiner keines nie niemals nichts niemand weder ohne außer ausgenommen nur kann können könnte könnten muss müssen darf dürfen soll sollen sollte sollten immer manchmal verboten erlaubt freiwillig verpflichtend',
  // Spanish and Portuguese
  'nunca jamás ningún ninguna ninguno nada nadie ni sin excepto salvo solo sólo solamente puede pueden podemos podrá podría podrían debe deben debemos deberá debería siempre prohibido permitido obligatorio opcional',
  'não jamais nenhum nenhuma nem sem exceto apenas somente pode podem podemos poderá deve devem devemos deverá sempre proibido permitido obrigatório opcional',
  // Arabic and Hebrew
  'لا لن لم ليس ليست غير بدون دون إلا سوى فقط قد يمكن يجوز يجب ينبغي دائما دائماً أحيانا أبدا أبداً كلا ممنوع مسموح',
  'לא אין בלי ללא אלא רק עשוי עשויה עשויים חייב חייבת חייבים צריך רשאי רשאים תמיד לפעמים אף אסור מותר',
  // Dutch, Italian, Russian, Ukrainian
  'niet geen nooit zonder behalve alleen kan kunnen moet moeten mag mogen altijd soms verboden toegestaan verplicht',
  'non mai nessun nessuna nessuno senza tranne solo soltanto può possono possiamo deve devono dobbiamo dovrebbe sempre vietato consentito obbligatorio facoltativo',
  'не нет никогда ничего никто без кроме только может могут можем должен должна должны всегда иногда нельзя можно запрещено разрешено немає ніколи лише може можуть повинен завжди',
  // Turkish, Polish, Swedish, Hindi, Korean
  'değil yok hiç hiçbir asla olmadan hariç dışında sadece yalnızca olabilir gerekir zorunda zorunlu yasak bazen',
  'nie nigdy żaden żadna nic nikt bez oprócz tylko może mogą możemy musi muszą zawsze czasami zabronione dozwolone',
  'inte aldrig ingen inga inget utan utom bara endast kan måste får skall alltid ibland förbjudet tillåtet ikke ingen uten kun skal altid ei eivät älä koskaan vain voi',
  'नहीं न मत कभी बिना केवल सिर्फ सकते सकता सकती चाहिए हमेशा सदा',
  '않습니다 않는다 않고 없습니다 없이 안 못 절대 결코 항상 오직',
);

const TURNING = listOf(
  // English
  'until if but however although fail fails failed will would need needs ought require requires requiring obliged intend intends aim aims try tries attempt endeavour endeavor reasonable',
  'all any some every each both either most many few several usually often generally typically normally automatically default opt in out on off before after immediately promptly temporarily permanently indefinitely forever yes',
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half quarter third double twice once first second per percent',
  'second seconds minute minutes hour hours day days week weeks month months year years business working calendar',
  // French
  'si mais tous toutes tout toute chaque quelques certains certaines souvent généralement zéro un une deux trois quatre cinq six sept huit neuf dix vingt trente quarante cinquante soixante cent mille jour jours semaine semaines mois an ans année années heure heures minute minutes non oui',
  // German
  'noch wenn falls sofern aber wird werden würde alle allen alles jede jeder jedes einige manche viele wenige meist oft null eins zwei drei vier fünf sechs sieben acht neun zehn zwanzig dreißig vierzig fünfzig hundert tausend tag tage tagen woche wochen monat monate monaten jahr jahre jahren stunde stunden minute minuten ja nein',
  // Spanish and Portuguese
  'si pero todos todas todo toda cada algunos algunas a veces cero uno una dos tres cuatro cinco seis siete ocho nueve diez veinte treinta cuarenta cincuenta cien mil día días semana semanas mes meses año años hora horas minuto minutos sí se mas todos todas cada alguns algumas um uma dois duas três cinco sete oito nove dez vinte trinta cem dia dias semana mês meses ano anos sim',
  // Arabic and Hebrew
  'إذا لكن سوف كل جميع بعض أي نعم واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة ثلاثين تسعين مئة ألف يوم أيام يوما يوماً أسبوع شهر أشهر سنة سنوات ساعة دقيقة',
  'אם אבל כל חלק פעם יום ימים שבוע חודש חודשים שנה שנים',
  // Dutch, Italian, Russian
  'als maar zal zullen alle elke sommige dag dagen maand maanden jaar jaren tutti tutte ogni alcuni giorno giorni mese mesi anno anni если но будет все всех каждый некоторые день дней дня месяц месяцев год лет',
  // Turkish, Polish, Swedish, Hindi, Korean
  'eğer ama ancak her tüm bütün bazı gün hafta ay yıl saat bir iki üç beş on otuz jeśli jeżeli ale wszystkie każdy niektóre dni dzień miesiąc miesięcy rok lat om men alla varje vissa dag dagar månad månader år',
  'अगर लेकिन सभी हर कुछ दिन दिनों महीने साल घंटे 모든 일부 만약 하지만 일 주 개월 년 시간',
);

/** Chinese and Japanese have no spaces: single characters and endings that deny, bind or count. */
const CHARACTERS =
  /ません|ない|なく|ず(?=に|、|。|$)|だけ|のみ|すべて|場合|べき|[不没沒無无未非勿莫否别別仅僅只但若如可能必須须應应會会全會每各些都皆一二三四五六七八九十百千萬万億亿零日月年天週周時时分秒倍半禁]/gu;
/** Korean and Thai deny and bind within their words. */
const WITHIN = /않|없|아니|[가-힣]지 못|금지|ไม่|มิ|ห้าม|เว้น|เฉพาะ|อาจ|ต้อง|ทุก|เสมอ/gu;
const NUMBER = /\p{N}|[%‰€$£¥₹]/u;
const CONTRACTED = /n't$/;

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’.,][\p{L}\p{N}]+)*|[%‰€$£¥₹]/gu;
const plain = (word: string) => flatten(word).flat.toLowerCase();

/** The words removed or added on which the meaning may turn, as they were written; none where only others changed. */
export function criticalWords(pieces: readonly Piece[]): string[] {
  const turns = (flat: string) =>
    REVERSING.has(flat) || TURNING.has(flat) || NUMBER.test(flat) || CONTRACTED.test(flat);
  return changedWords(pieces, turns, [CHARACTERS, WITHIN]);
}

/** Of the words removed or added those that say the reverse: they deny, allow or forbid. */
export function reversingWords(pieces: readonly Piece[]): string[] {
  return changedWords(pieces, (flat) => REVERSING.has(flat) || CONTRACTED.test(flat), [
    /ません|ない|なく|[不没沒無无未非勿莫否别別仅僅只可必須须應应禁]/gu,
    WITHIN,
  ]);
}

function changedWords(
  pieces: readonly Piece[],
  turns: (flat: string) => boolean,
  within: readonly RegExp[],
): string[] {
  const changed = pieces.filter(({ kind }) => kind !== 'same');
  const words = changed.flatMap(({ text }) => text.match(WORD) ?? []).filter((word) => turns(plain(word)));
  const parts = within.flatMap((pattern) => unequal(pieces, pattern));
  return [...new Set([...words, ...parts, ...denied(changed)])];
}

/** What a text holds more often than the other, in scripts where it is a part of longer words. */
function unequal(pieces: readonly Piece[], pattern: RegExp): string[] {
  const side = (other: Piece['kind']) =>
    (
      pieces
        .filter(({ kind }) => kind !== other)
        .map(({ text }) => text)
        .join('')
        .match(pattern) ?? []
    ).toSorted();
  const [before, after] = [side('added'), side('removed')];
  const more = (these: readonly string[], those: readonly string[]) => {
    const left = [...those];
    return these.filter((own) => {
      const at = left.indexOf(own);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  };
  return [...more(before, after), ...more(after, before)];
}

const BEFORE = [
  'un',
  'in',
  'im',
  'il',
  'ir',
  'dis',
  'non',
  'non-',
  'de',
  'mis',
  'anti',
  'ent',
  'miss',
  'dé',
  'dés',
  'des',
  'sin',
  'on',
  'a',
  'an',
  'не',
  'без',
  'αν',
  'α',
  'nie',
  'bez',
  'o',
  'não-',
  'غير',
];
const BEHIND = [
  'less',
  'los',
  'lose',
  'losen',
  'loser',
  'loses',
  'frei',
  'freie',
  'free',
  'siz',
  'sız',
  'süz',
  'suz',
  'loos',
  'löst',
  'lös',
  'ton',
  'mez',
  'maz',
];

/** Words that were denied, or are no longer, by what was put before or behind them: “encrypted” and “unencrypted”. */
function denied(changed: readonly Piece[]): string[] {
  const of = (kind: Piece['kind']) =>
    new Set(
      changed.filter((own) => own.kind === kind).flatMap(({ text }) => (text.match(WORD) ?? []).map(plain)),
    );
  const [removed, added] = [of('removed'), of('added')];
  const grown = (words: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...words].filter(
      (word) =>
        word.length > 2 &&
        [...BEFORE.map((own) => own + word), ...BEHIND.map((own) => word + own)].some((own) =>
          others.has(own),
        ),
    );
  return [...grown(removed, added), ...grown(added, removed)];
}
