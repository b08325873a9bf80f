import { stems } from './stems.ts';

/** Pages that come in the place of another, and are known by what they call themselves. */
export type OtherWall =
  | 'age'
  | 'region'
  | 'parked'
  | 'server'
  | 'listing'
  | 'broken'
  | 'paid'
  | 'browser'
  | 'country'
  | 'app';

/** What such a page says first: as its title, or as one of its first lines. */
const HEADS: readonly (readonly [OtherWall, RegExp])[] = [
  [
    'age',
    stems(
      `are you (?:over|at least|of legal|18|21)|age verification|verify your age|confirm (?:that )?you are (?:over|at least|18|21)|please (?:confirm|verify|enter) your (?:age|date of birth)|you must be (?:of legal|18|21|over|at least 18) .{0,30}(?:to enter|to view|to access|enter this)|avez-vous (?:plus de|l'âge)|êtes-vous majeur|vérification de l'âge|vous devez avoir .{0,20}pour entrer|¿?(?:eres|es usted) mayor|verificación de edad|debes ser mayor|sind sie (?:über|mindestens|schon|bereits) ?(?:18|21|16|volljährig)|bist du (?:über|mindestens|schon) ?(?:18|21|16)|altersprüfung|altersüberprüfung|altersverifikation|hai (?:più di|almeno|compiuto) ?(?:i )?(?:18|21)|sei maggiorenne|verifica dell'età|você tem (?:mais de|18)|é maior de|verificação de idade|ben je (?:ouder dan|18|al 18)|leeftijdscontrole|leeftijdsverificatie|czy masz (?:ukończone|skończone) 18|masz już 18|weryfikacja wieku|вам (?:уже )?(?:есть|исполнилось) (?:18|21)|подтвердите (?:свой |ваш )?возраст|вам є 18|18 yaşından büyük|yaş doğrulama|är du över 18|er du over 18|je vám 18
|هل عمرك|تحقق من العمر|あなたは(?:18|20)歳以上|年齢確認|您是否(?:已)?(?:年)?满|年龄验证|年齡驗證|만 ?19세|성인 ?인증|האם אתה מעל|אימות גיל|आयु सत्यापन|verifikasi usia`,
    ),
  ],
  [
    'region',
    stems(
      `(?:(?:sorry, )?(?:this .{1,20}|\\p{L}{1,20}) )?(?:is )?(?:currently )?(?:not available|unavailable|not accessible) in your (?:region|country|location|area)(?! if)|(?:(?:sorry, )?(?:this .{1,20}|\\p{L}{1,20}) )isn't (?:currently )?available in your (?:region|country|location|area)|unavailable for legal reasons|(?:pas|non) disponible dans votre (?:pays|région)|n'est pas disponible dans votre (?:pays|région)|no (?:está )?disponible en (?:su|tu) (?:país|región)|(?:.{0,30})in (?:ihrem|deinem) land nicht verfügbar|in (?:ihrer|deiner) region nicht verfügbar|nicht verfügbar in (?:ihre|deine)|non (?:è )?disponibile nel tuo paese|não (?:está )?disponível (?:no seu país|na sua região)|niet beschikbaar in (?:uw|jouw|je) (?:land|regio)|niedostępn\\p{L}{0,3} w (?:twoim|państwa) (?:kraju|regionie)|недоступ\\p{L}{0,4} в (?:вашем|вашей) (?:стране|регионе)|ülkenizde kullanılamıyor|bölgenizde kullanılamıyor
|غير متاح في (?:بلدك|منطقتك)|お住まいの(?:国|地域)では|您所在的(?:国家|地区|國家|地區)|귀하의 (?:국가|지역)에서|אינו זמין (?:במדינה|באזור) שלך|आपके (?:देश|क्षेत्र) में उपलब्ध नहीं|tidak tersedia di (?:negara|wilayah) anda`,
    ),
  ],
  [
    'parked',
    stems(
      `(?:this domain|this domain name|[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+) (?:is|may be|might be) (?:for sale|parked|available for purchase)|(?:the )?domain .{1,60} is for sale|buy this domain|domain (?:for sale|parked|parking)|parked domain|this domain (?:has expired|is parked|has been registered)|future home of|ce (?:nom de )?domaine est (?:à vendre|en vente)|achetez ce (?:nom de )?domaine|(?:nom de )?domaine à vendre|este dominio está (?:en venta|a la venta)|dominio en venta|diese domain (?:steht zum verkauf|ist zu verkaufen|ist geparkt|wurde geparkt|kaufen)|domain zu verkaufen|[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+ steht zum verkauf|questo dominio è in vendita|este domínio está à venda|deze domeinnaam is te koop|dit domein is te koop|ta domena jest na sprzedaż|domena na sprzedaż|домен прода[её]тся|этот домен прода|bu alan adı satılık|このドメインは|此域名|该域名|本域名|이 도메인은`,
    ),
  ],
  [
    'server',
    stems(
      `welcome to (?:nginx|openresty|caddy|centos|tengine)|it works!?$|apache is functioning normally|apache2? .{0,20}default page|test page for the|apache (?:http server )?test page|iis windows|internet information services$|default web ?site page|default page$|congratulations! your (?:caddy|site|website)|plesk (?:default|obsidian)|web server's default page|domain default page|welcome to your new (?:site|website|server)|your new web server is ready`,
    ),
  ],
  ['listing', stems('index of /|directory listing for /')],
  [
    'broken',
    stems(
      `(?:php )?(?:fatal error|parse error|warning|notice): .{0,200}(?: in |on line|exception|uncaught|\\.php)|uncaught \\p{L}{0,40}(?:exception|error)|traceback \\(most recent call last\\)|exception in thread|whitelabel error page|server error in '/|http status 500|unhandled (?:exception|runtime error)|sqlstate\\[|runtime error$|stack trace:?$|java\\.lang\\.|cannot connect to database|connection to .{0,40} failed: |django .{0,40}debug = true`,
    ),
  ],
  [
    'paid',
    stems(
      `subscribe (?:now )?to (?:continue|keep|read)|to continue reading|continue reading with|you(?:'ve| have) (?:reached|used|read) (?:your|all|the) .{0,30}(?:limit|free|articles)|this (?:article|content|story) is (?:for|only for|reserved for|exclusively for) (?:our )?subscribers|abonnez-vous pour (?:lire|continuer)|(?:cet article|contenu) est réservé aux abonnés|article réservé|la suite est réservée|il vous reste .{0,10}% de cet article|suscríbete para (?:seguir|leer|continuar)|(?:contenido|artículo) (?:exclusivo|solo) para suscriptores|weiterlesen mit|jetzt weiterlesen|(?:dieser artikel|dieser inhalt) ist (?:nur )?(?:für abonnenten|abonnenten)|abonnieren,? (?:um|sie,? um) weiter|abbonati per (?:continuare|leggere)|(?:contenuto|articolo) riservato agli abbonati|assine para (?:continuar|ler)|conteúdo exclusivo para assinantes|abonneer (?:je )?om (?:verder|door) te lezen|artikel is (?:alleen )?voor abonnees|aby czytać dalej|artykuł (?:dostępny )?tylko dla (?:prenumeratorów|subskrybentów)|подпишитесь,? чтобы (?:читать|продолжить)|материал доступен только подписчикам|okumaya devam etmek için abone|prenumerera för att läsa
|اشترك لمتابعة القراءة|この記事は(?:会員|有料)|会員限定記事|続きを読むには|订阅后继续阅读|订阅以继续|訂閱以繼續|구독하고 계속|구독자 전용|הירשמו כדי להמשיך לקרוא|आगे पढ़ने के लिए सदस्यता|berlangganan untuk (?:melanjutkan|membaca)`,
    ),
  ],
  [
    'browser',
    stems(
      `(?:unsupported|outdated|incompatible) browser|your (?:web )?browser is (?:not supported|out of date|outdated|no longer supported|unsupported|too old)|your browser isn't supported|it (?:looks like|seems|appears) you(?:'re| are) using an? (?:outdated|old|unsupported) browser|you are using an outdated browser|this browser is (?:not|no longer) supported|browser not supported|please (?:update|upgrade) your browser|we (?:no longer|don't) support (?:your|this) browser|(?:votre )?navigateur n'est (?:pas|plus) (?:pris en charge|supporté|compatible)|navigateur (?:non pris en charge|obsolète|incompatible)|(?:su|tu) navegador no es compatible|navegador (?:no compatible|no soportado|obsoleto)|(?:ihr|dein) browser wird (?:nicht|leider nicht)|(?:ihr|dein) browser ist veraltet|veralteter browser|browser wird nicht (?:mehr )?unterstützt|nicht unterstützter browser|(?:il tuo )?browser non (?:è )?supportato|(?:o )?seu navegador não é (?:compatível|suportado)|navegador não suportado|(?:uw|je) browser wordt niet (?:meer )?ondersteund|twoja przeglądarka nie jest (?:już )?(?:obsługiwana|wspierana)|przeglądarka nieobsługiwana|ваш браузер (?:не поддерживается|устарел)|браузер не поддерживается|tarayıcınız desteklenmiyor|din webbläsare stöds inte|متصفحك غير مدعوم|お使いのブラウザ(?:ー)?(?:は|では)|您的浏览器版本过低|您的浏览器不(?:受)?支持|不支持(?:您|你)的浏览器|지원하지 않는 브라우저|지원되지 않는 브라우저|הדפדפן שלך אינו נתמך|आपका ब्राउज़र समर्थित नहीं|browser anda tidak didukung`,
    ),
  ],
  [
    'country',
    stems(
      `(?:please )?(?:choose|select|pick) (?:your|a) (?:country|region|location|language)|where are you\\??$|choisissez votre (?:pays|région|langue)|sélectionnez votre (?:pays|région|langue)|(?:elija|elige|seleccione|selecciona) (?:su|tu) (?:país|región|idioma)|(?:bitte )?(?:wählen sie|wähle) (?:ihr|ihre|dein|deine) (?:land|region|sprache)|(?:land|region|sprache) (?:aus)?wählen$|(?:scegli|seleziona) il tuo paese|(?:scegli|seleziona) la (?:tua )?lingua|(?:escolha|selecione) (?:o )?seu (?:país|idioma)|kies (?:uw|je) (?:land|regio|taal)|wybierz (?:swój )?(?:kraj|język|region)|выберите (?:вашу |свою |ваш )?(?:страну|регион|язык)|ülkenizi seçin|dilinizi seçin|اختر (?:بلدك|دولتك|لغتك)|国・?(?:または)?地域を選択|国(?:\\/|を)?選択|选择(?:您的|你的)?(?:国家|地区|语言)|選擇(?:您的)?(?:國家|地區|語言)|국가를? 선택|국가 또는 지역|בחרו? (?:מדינה|שפה)|अपना देश चुनें|pilih negara`,
    ),
  ],
  [
    'app',
    stems(
      `for (?:the best|a better) experience,? (?:please )?(?:open|use|view|continue).{0,30} app|open (?:this page )?in (?:our|the) app|continue in (?:the )?app$|ouvrir dans l'application|abrir en la aplicación|in der app öffnen|apri nell'app|abrir no aplicativo|open in de app|otwórz w aplikacji|откройте в приложении|アプリで開く|在app中打开|打开app|앱에서 열기`,
    ),
  ],
];

/** What it says may follow the beginning of what it stands before. */
const PAID = HEADS.find(([kind]) => kind === 'paid')?.[1];

/** Nothing that such a page is called may stand further within a line than this. */
const FIRST = 8;
/** These explain at length what whoever runs the server should do. */
const LENGTHY: ReadonlySet<OtherWall> = new Set(['server', 'broken', 'browser', 'listing']);

const calls = (pattern: RegExp, line: string) => (pattern.exec(line)?.index ?? FIRST + 1) <= FIRST;

/** What a page calls itself, if it is one of these. */
export function otherWallOf(
  heads: readonly string[],
  lines: readonly string[],
  isLong: boolean,
): OtherWall | undefined {
  const named = HEADS.find(([, pattern]) => heads.some((own) => calls(pattern, own)))?.[0];
  if (named !== undefined && (!isLong || LENGTHY.has(named))) return named;
  return PAID !== undefined && lines.some((line) => line.length <= 100 && calls(PAID, line))
    ? 'paid'
    : undefined;
}
