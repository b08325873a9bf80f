/**
 * Sentences that say whether, and from when to when, a text holds: “superseded”, “no longer in force”, “effective until”, “previous version”. What they say
 * of a passage is not a change of the passage, and a person has to know.
 */
const PHRASES = [
  // English
  'supersed(?:ed|es)|no longer (?:in force|in effect|valid|appl(?:y|ies|icable)|effective|maintained|current|holds?)|not (?:yet )?(?:in force|in effect)|archived|archive (?:copy|version)|outdated|obsolete|deprecated|repealed|withdrawn|historical|(?:previous|earlier|former|old|older|prior|past) (?:version|policy|terms|edition|notice)|version of [^.]{0,15}\\d|effective (?:date|immediately)|(?:effective|valid|applicable|applied|applies|in force|in effect|binding) (?:from|until|till|as of|through|since|up to)|(?:effective|valid|applicable|applied|applies|in force|in effect|binding) (?:on|before|to) [^.]{0,20}\\d|until \\d{4}|replaced by|for reference only|draft',
  // French
  "plus en vigueur|remplacée?s? par|abrogée?s?|obsolète|archivée?s?|version (?:précédente|antérieure)|ancienne version|en vigueur (?:depuis|jusqu|à|du|le)|(?:valable|applicable|valide)s? (?:jusqu|à compter|depuis|du)|périmée?|caduque?|jusqu(?:'|’)(?:en|au) ",
  // German
  'nicht (?:mehr|länger) (?:gültig|in kraft|anwendbar)|gilt nicht mehr|außer kraft|überholt|veraltet|archivier|archiv(?:version|fassung|kopie)|aufgehoben|abgelöst|ersetzt durch|(?:frühere|alte|vorherige|ältere) (?:fassung|version)|gültig (?:ab|bis|seit|vom)|(?:gilt|galt) (?:ab|bis|seit)|in kraft (?:seit|ab|bis)|fassung vom|entwurf',
  // Spanish and Portuguese
  'ya no (?:está|es|se aplica|rige)|derogad|sustituid|reemplazad|obsolet|archivad|versi[óo]n (?:anterior|previa|antigua)|vigentes? (?:desde|hasta|a partir)|v[áa]lid[oa]s? (?:desde|hasta)|en vigor (?:desde|hasta|a partir)|vigencia|hasta (?:el año )?\\d{4}',
  'não está mais|já não|revogad|substituíd|desatualizad|arquivad|versão (?:anterior|antiga)|em vigor (?:desde|até|a partir)|válid[oa]s? (?:desde|até)|vigência|até \\d{4}',
  // Italian and Dutch
  'non (?:è )?più (?:in vigore|valid)|sostituit[oaie] da|abrogat|archiviat|superat[oa]|version[ei] (?:precedent|vecchi)|in vigore (?:dal|fino|da)|valid[oaie] (?:fino|dal)|fino al \\d{4}',
  'niet (?:meer|langer) (?:geldig|van kracht|van toepassing)|vervangen door|vervallen|verouderd|gearchiveerd|(?:vorige|eerdere|oude) versie|geldig (?:tot|vanaf|van)|van kracht (?:tot|vanaf|sinds)|tot \\d{4}',
  // Russian, Ukrainian, Polish, Turkish, Swedish
  'утратил[аои]? силу|(?:больше|более) не (?:действ|примен)|не действует|устаре|архивн|(?:предыдущ|прежн|стар)[а-я]+ (?:верси|редакци)|действ(?:ует|овал[аои]?|ительн[а-я]*) (?:до|с|по)|заменен|отменен|до \\d{4} года|втратив|застаріл|попередня версія|чинн[а-яі]+ (?:до|з)',
  'nieaktualn|nie obowiązuje|archiwaln|zastąpion|(?:poprzednia|stara) wersja|obowiązuj[a-z]+ (?:do|od)|ważn[a-z]+ (?:do|od)|uchylon',
  'yürürlükten|geçerli değil|geçersiz|(?:eski|önceki) (?:sürüm|versiyon)|arşiv|yürürlü|tarihine kadar|yılına kadar',
  'inte längre|upphävd|ersatt av|arkiverad|tidigare version|gäller (?:till|från)|giltig',
  // Arabic, Hebrew, Hindi
  'لم (?:تعد|يعد)|غير ساري?ة?|ملغا?ة?|منسوخ|أرشيف|مؤرشف|(?:النسخة|الإصدار|السياسة) (?:السابقة?|القديمة?)|ساري?ة? (?:حتى|من|اعتبارا)|حتى عام|حتى \\d',
  'אינו? (?:עוד )?בתוקף|בתוקף (?:עד|מ)|(?:גרסה|מדיניות) (?:קודמת|ישנה)|ארכיון|בוטל|עד שנת|पुराना संस्करण|अब लागू नहीं|तक लागू|से लागू|तक मान्य|संग्रहीत',
  // Chinese, Japanese, Korean
  '废止|廢止|失效|取代|旧版|舊版|以前的版本|历史版本|歷史版本|存档|存檔|有效期|生效|作废|作廢|已过期|已過期|適用至|适用至|年之前',
  '失効|旧版|旧バージョン|以前の(?:バージョン|版)|過去の(?:バージョン|版)|アーカイブ|有効期限|まで(?:有効|適用)|施行|改定前|年まで|폐지|이전 버전|구버전|유효|더 이상|보관된|시행|까지 적용|년까지',
].join('|');
const VALIDITY = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${PHRASES})|(?<=[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}])(?:${PHRASES})`,
  'iu',
);
const EVERY = new RegExp(VALIDITY.source, 'giu');

/** Whether a sentence says when a text holds, or that it does no longer. */
export const isOfValidity = (sentence: string): boolean => VALIDITY.test(sentence);

/** A sentence without what it says of that. */
export const withoutValidity = (sentence: string): string => sentence.replace(EVERY, ' ');

/** How the line begins that says of when a text is: “Last updated: 1 March 2025”. */
const DATED = new RegExp(
  `^(?:${[
    '(?:this (?:policy|page|document) was )?(?:last |latest )?(?:updated?|modified|revis(?:ed|ion)|changed|effective|issued|version|dated?)',
    '(?:dernière )?(?:mise à jour|modification|version)|mis à jour|en vigueur|stand|letzte (?:änderung|aktualisierung)|zuletzt|gültig|fassung|aktualisiert',
    'última (?:actualización|modificación|atualização|versão|versión)|actualizado|atualizad|fecha|data|ultimo aggiornamento|aggiornat|laatst|bijgewerkt|versie',
    'последнее (?:обновление|изменение)|дата|обновлен|редакция|останнє|ostatnia (?:aktualizacja|zmiana)|son güncelleme|senast|uppdaterad|آخر (?:تحديث|تعديل)|עדכון אחרון|תאריך|अंतिम',
    '最后更新|最近更新|更新(?:日期|日)|最終更新|最終改定|改定日|制定日|최종 (?:수정|업데이트)|시행일',
  ].join('|')})`,
  'iu',
);

/** Whether a line says of when a text is. */
export const isDated = (line: string): boolean =>
  /(?<!\p{N})(?:19|20)\d\d(?!\p{N})|\d[./]\d{1,2}[./]\d/u.test(line) && DATED.test(line.trim());
