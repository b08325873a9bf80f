/** How letters end and begin, in the languages of the interface and a dozen others: what stands after it is a name. */
export const CLOSINGS = [
  'kind(?:est)? regards|best regards|warm(?:est)? regards|with (?:kind|best|warm) regards|regards|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|best wishes|all the best|many thanks|cheers',
  'mit (?:freundlichen|besten|herzlichen|lieben) gr(?:ü|ue)(?:ß|ss)en|mit freundlichem gru(?:ß|ss)|(?:freundliche|viele|beste|herzliche|liebe|schöne) gr(?:ü|ue)(?:ß|ss)e|hochachtungsvoll|mfg',
  'bien cordialement|cordialement|salutations distinguées|sincères salutations|meilleures salutations|bien à vous|sentiments (?:distingués|les meilleurs)',
  'atentamente|un (?:cordial )?saludo|saludos(?: cordiales)?|cordialmente|muy atentamente',
  'cordiali saluti|distinti saluti|un cordiale saluto|saluti',
  'atenciosamente|(?:com os )?melhores cumprimentos|cumprimentos|respeitosamente',
  'met (?:vriendelijke|hartelijke) groet(?:en)?|vriendelijke groet(?:en)?|hoogachtend',
  'z poważaniem|z wyrazami szacunku|pozdrawiam|s pozdravem|s úctou|üdvözlettel|tisztelettel|cu stimă|с уважением|с найкращими побажаннями|з повагою|с уважение',
  'med v[äe]n(?:n)?lig(?:a)? h(?:ä|i)lsning(?:ar)?|vänliga hälsningar|med venlig hilsen|med vennlig hilsen|ystävällisin terveisin|με εκτίμηση|saygılarımla',
  'مع أطيب التحيات|مع خالص التحية|مع التحية|مع الاحترام|تفضلوا بقبول فائق الاحترام|با احترام|בברכה|בכבוד רב|सादर|भवदीय|此致|敬具|올림|드림',
].join('|');

export const SALUTATIONS = [
  'dear|hi|hello',
  'sehr geehrter?|lieber?|guten tag',
  'bonjour|cher|chère',
  'estimad[oa]|querid[oa]|hola',
  'gentile|egregio|caro|cara',
  'prezad[oa]|car[oa]',
  'geachte|beste',
  'szanown[yai]|уважаем(?:ый|ая)|шановн(?:ий|а)|kära|bästa|kære|kjære|hyvä|drag[ăa]|stimat[ăe]',
  'عزيزي|عزيزتي|الأستاذ|الأستاذة',
].join('|');

/** Words after a salutation that name nobody. */
export const NOBODY =
  /^(?:sirs?|madam|all|team|colleagues?|customers?|users?|everyone|everybody|editors?|there|damen|herren|kund\w*|kolleg\w*|messieurs|mesdames|madame|monsieur|señores|señora|senhores|signori|client\w*)\b/i;

export const TITLES =
  'mr|mrs|ms|mx|miss|dr|prof|professor|herrn?|frau|mme|mlle|monsieur|madame|sr|sra|señora?|senhora?|signora?|dott|dottoressa|г-н|г-жа|السيد|السيدة';
