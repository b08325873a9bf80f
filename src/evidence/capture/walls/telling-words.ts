import { stems } from './stems.ts';

/**
 * Words of sentences that tell how things are done, and not what has just happened to who reads them: what is always or never so, for whom, in which case.
 * A page that stands before another has none of them.
 */
export const TELLS = stems(
  `never|always|every |each (?:month|week|year|time a)|nobody|no one|anybody|third part|court|the police|law enforcement|authorities|users|customers|subscribers can|without an? |in advance|we announce|announced|announce it|days before|whenever|during maintenance|the api|an api|endpoint|clients? (?:should|must)|the server (?:answers|returns)|answers 4|returns? (?:a )?4|with 404|if the (?:page|resource|document|request|account)|happens when|means that
|jamais|toujours|chaque (?:mois|semaine|année|premier)|tous les (?:mois|premiers)|personne ne|aux tiers|à des tiers|de tiers|police|tribunal|autorités|utilisateurs|à l'avance|renvoie (?:une |un )?4|l'api|nunca|siempre|cada (?:mes|semana|primer|vez)|todos los (?:meses|domingos|primeros)|nadie|a terceros|de terceros|policía|orden judicial|autoridades|usuarios|con antelación|devuelve (?:un )?4|la api
|niemals|immer |stets|jeden|jede (?:woche|nacht)|niemand|an dritte|durch dritte|polizei|gericht|behörden|nutzer|im voraus|vorher an|die api|antwortet mit|kündigen wir|wir kündigen|mai |sempre|ogni (?:mese|settimana|prima)|nessuno|a terzi|di terzi|polizia|tribunale|autorità|utenti|in anticipo|restituisce (?:un )?4|toda a semana|todos os meses|ninguém|polícia|usuários|utilizadores|retorna (?:um )?4|nooit|altijd|elke |niemand|aan derden|politie|rechter|gebruikers|vooraf|geeft 4
|nigdy|zawsze|każd(?:y|ą|ego) |osobom trzecim|policj|użytkownik(?:om|ów)|z wyprzedzeniem|zwraca 4|никогда|всегда|кажд(?:ый|ую|ое) |третьим лицам|полици|суда|пользователям|заранее|возвращает 4|ніколи|завжди|щоміся|кожн(?:ої|ого) |третім особам|asla|her (?:ay|hafta|zaman)|üçüncü taraf|mahkeme|aldrig|alltid|varje |hver |tredjepart|nikdy|vždy|không bao giờ|mỗi tháng
|決して|毎月|毎週|第三者|裁判所|警察|事前にお知らせ|を返します|从不|從不|总是|每月|每周|第三方|法院|警方|提前通知|返回 ?404|절대|매월|매주|제3자|법원|경찰|미리 공지|أبدا|دائما|كل شهر|طرف ثالث|أطراف ثالثة|المحكمة|الشرطة|לעולם|תמיד|בכל חודש|צד שלישי|בית משפט|कभी नहीं|हमेशा|हर महीने|तीसरे पक्ष|न्यायालय|tidak pernah|selalu|setiap (?:bulan|minggu)|pihak ketiga`,
);

/** A login as what something serves or belongs to: what is said of logging in, not the demand to. */
export const OF_LOGIN = stems(
  `to (?:log|sign) in,|for (?:log|sign)(?:ging|ning|-)? ?in|login (?:security|alerts?|history|problems?|codes?|attempts?|data|process)|sign-in (?:security|alerts?|history|problems?|codes?|attempts?|data)|when you (?:log|sign) in|after you (?:log|sign) in|each (?:login|sign-in)|sécurité de (?:la|votre) connexion|pour se connecter,|lors de la connexion|seguridad del? inicio|para iniciar sesión(?:,| (?:se|hace))|al iniciar sesión|zum anmelden|zur anmeldung|bei der anmeldung|beim (?:anmelden|einloggen)|sicherheit der anmeldung|um sich anzumelden,|per accedere (?:serve|servono|occorr)|sicurezza dell'accesso|para entrar (?:são|é)|bij het inloggen|om in te loggen|do logowania|podczas logowania|bezpieczeństwo logowania|для входа|при входе|безопасность входа|для авторизации (?:нужн|требу)|для входу|giriş yapmak için|giriş güvenliği
|ログインに|ログインの|ログイン時|サインインに|登录时|登录需要|登录安全|登入時|登入需要|로그인에|로그인할 때|로그인 보안|عند تسجيل الدخول|لتسجيل الدخول|أمان تسجيل|כדי להתחבר|בעת ההתחברות|लॉग इन करने के लिए|लॉगिन के लिए|untuk masuk,|saat masuk`,
);
