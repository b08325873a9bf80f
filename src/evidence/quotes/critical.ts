import { flatten } from './typography.ts';
import type { Piece } from './words.ts';

/**
 * Words on which the meaning of a promise turns: negations, modals, quantities, conditions. The lists of all languages count at once, since pages mix
 * them; they lean to the side of asking a person once too often.
 */
const WORDS = new Set(
  [
    // English
    'no not never none nobody nothing nowhere neither nor without cannot except excluding unless until only solely if but however although unlikely hardly rarely seldom refuse refuses refused deny denies denied fail fails failed stop stops stopped cease ceases longer',
    'may might must shall should can could will would need needs ought required require requires requiring obliged mandatory optional voluntary allowed permitted prohibited forbidden intend intends aim aims try tries attempt endeavour endeavor reasonable',
    'all any some every each both either most many few several always sometimes usually often generally typically normally automatically default opt in out on off before after immediately promptly temporarily permanently indefinitely forever yes',
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half quarter third double twice once first second per percent',
    'second seconds minute minutes hour hours day days week weeks month months year years business working calendar',
    // French
    'ne pas jamais aucun aucune rien ni sans sauf excepté seulement uniquement si mais peut peuvent pouvons pouvez doit doivent devons devez devrait devraient pourrait pourraient tous toutes tout toute chaque quelques certains certaines toujours parfois souvent généralement zéro un une deux trois quatre cinq six sept huit neuf dix vingt trente quarante cinquante soixante cent mille jour jours semaine semaines mois an ans année années heure heures minute minutes non oui',
    // German
    'nicht kein keine keinen keinem keiner keines nie niemals nichts niemand weder noch ohne außer ausgenommen nur wenn falls sofern aber kann können könnte könnten muss müssen darf dürfen soll sollen sollte sollten wird werden würde alle allen alles jede jeder jedes einige manche viele wenige immer manchmal meist oft null eins zwei drei vier fünf sechs sieben acht neun zehn zwanzig dreißig vierzig fünfzig hundert tausend tag tage tagen woche wochen monat monate monaten jahr jahre jahren stunde stunden minute minuten ja nein',
    // Spanish and Portuguese
    'no nunca jamás ningún ninguna ninguno nada nadie ni sin excepto salvo solo sólo solamente si pero puede pueden podemos podrá podría podrían debe deben debemos deberá debería todos todas todo toda cada algunos algunas siempre a veces cero uno una dos tres cuatro cinco seis siete ocho nueve diez veinte treinta cuarenta cincuenta cien mil día días semana semanas mes meses año años hora horas minuto minutos sí não nunca jamais nenhum nenhuma nem sem exceto apenas somente se mas pode podem podemos poderá deve devem devemos deverá todos todas cada alguns algumas sempre um uma dois duas três cinco sete oito nove dez vinte trinta cem dia dias semana mês meses ano anos sim',
    // Arabic
    'لا لن لم ليس ليست غير بدون دون إلا سوى فقط إذا لكن قد يمكن يجوز يجب ينبغي سوف كل جميع بعض أي دائما دائماً أحيانا أبدا أبداً نعم كلا واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة ثلاثين تسعين مئة ألف يوم أيام يوما يوماً أسبوع شهر أشهر سنة سنوات ساعة دقيقة',
    // Hebrew
    'לא אין בלי ללא אלא רק אם אבל עשוי עשויה עשויים חייב חייבת חייבים צריך רשאי רשאים כל חלק תמיד לפעמים אף פעם יום ימים שבוע חודש חודשים שנה שנים',
    // Dutch, Italian, Russian
    'niet geen nooit zonder behalve alleen als maar kan kunnen moet moeten mag mogen zal zullen alle elke sommige altijd soms dag dagen maand maanden jaar jaren non mai nessun nessuna nessuno senza tranne solo soltanto può possono possiamo deve devono dobbiamo dovrebbe tutti tutte ogni alcuni sempre giorno giorni mese mesi anno anni не нет никогда ничего никто без кроме только если но может могут можем должен должна должны будет все всех каждый некоторые всегда иногда день дней дня месяц месяцев год лет',
  ]
    .join(' ')
    .split(' ')
    .map((word) => flatten(word).flat.toLowerCase()),
);

/** Chinese and Japanese have no spaces: single characters and endings that deny, bind or count. */
const CHARACTERS =
  /[不没沒無无未非勿莫否别別仅僅只但若如可能必須须应應会會全每各些都皆一二三四五六七八九十百千萬万億亿零日月年天週周時时分秒倍半禁]|ない|なく|ません|ず|だけ|のみ|すべて|場合|べき/u;
const NUMBER = /\p{N}|[%‰€$£¥₹]/u;
const CONTRACTED = /n't$/;

/** The words removed or added on which the meaning may turn, as they were written; none where only others changed. */
export function criticalWords(pieces: readonly Piece[]): string[] {
  return pieces
    .filter(({ kind }) => kind !== 'same')
    .flatMap(({ text }) => text.match(/[\p{L}\p{M}\p{N}]+(?:['’.,][\p{L}\p{N}]+)*|[%‰€$£¥₹]/gu) ?? [])
    .filter((word) => {
      const flat = flatten(word).flat.toLowerCase();
      return WORDS.has(flat) || NUMBER.test(flat) || CONTRACTED.test(flat) || CHARACTERS.test(flat);
    });
}
