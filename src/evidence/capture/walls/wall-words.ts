import { stems } from './stems.ts';

/**
 * Words of pages that stand before another page, in en fr es ar de it pt nl pl ru uk tr ja zh ko he hi id sv da cs fa vi. They are stems: what follows
 * them may be anything, what stands before them no letter in scripts that write words apart. Text is compared in lower case.
 */

/** What is asked of the reader: to be a person. */
export const PERSON = stems(
  `you(?:'re| are) human|(?:verif\\p{L}{1,4}|confirm\\p{L}{0,3}|prov(?:e|ing)|check(?:ing)?|make sure|whether|if|that) (?:that |if |whether )?you(?:'re| are) (?:a |an )(?:human|person|real)|are you (?:a |an )?(?:human|robot|bot)|not a (?:ro)?bot|if you are human|vous êtes (?:bien )?(?:un )?(?:être )?humain|n'êtes pas un robot|êtes-vous un robot|no es (?:usted )?un robot|no eres un robot|eres (?:un )?human|usted es (?:un )?human|es un ser humano|sie (?:ein )?mensch|ein mensch sind|kein roboter|du ein mensch|sei umano|sei un essere umano|non sei un robot|non sia un robot|é humano|é um humano|não é um rob|je (?:een )?mens|een mens bent|geen robot|jesteś człowiekiem|nie jesteś robotem|не робот|вы человек|ви людина|insan olduğunuz|robot olmadığınız|du är (?:en )?människa|inte (?:är )?en robot|du er (?:et )?menneske|ikke er en robot|jste člověk|nejste robot|là con người|không phải (?:là )?(?:robot|người máy)
|أنك إنسان|لست روبوت|لست برنامج|انسان هستید|ربات نیستید|人間であること|ロボットではな|您是真人|你是真人|您是人类|不是机器人|不是機器人|您是人類|로봇이 아|사람인지|사람임을|לא רובוט|שאינך רובוט|שאתה אנושי|בן אדם|आप इंसान|आप मानव|रोबोट नहीं|bukan robot|anda manusia`,
);
/** What such a page says whole. */
export const CHALLENGE = stems(
  `just a moment|checking your browser|enable javascript and cookies to continue|pardon our interruption|attention required|complete the captcha|solve the captcha|security check to access|press & hold|press and hold
|please wait while we|nous vérifions votre navigateur|verificando su navegador|ihr browser wird überprüft|verifica del browser|verificando (?:o )?seu navegador|je browser wordt gecontroleerd|trwa sprawdzanie|проверка браузера|перевірка браузера|tarayıcınız (?:kontrol|denetlen)|ブラウザを確認|正在检查您的浏览器|正在檢查您的瀏覽器|브라우저를 확인|जाँच की जा रही|memeriksa browser|جارٍ التحقق|جاري التحقق|בודקים את הדפדפן|در حال بررسی مرورگر
|activez javascript|active javascript y|activar javascript|habilite javascript|aktivieren sie javascript|abilita javascript|ative o javascript|schakel javascript|włącz (?:obsługę )?javascript|включите javascript|увімкніть javascript|javascript'i etkinleştir|javascriptを有効|请启用 ?javascript|請啟用 ?javascript|javascript를 (?:사용|활성)|قم بتمكين javascript|يرجى تفعيل javascript|הפעל javascript|javascript सक्षम|aktifkan javascript
|if the site connection is secure|review the security of your connection|slide to (?:verify|complete|continue)|drag the slider|complete the (?:security check|verification) (?:to|before)|doit vérifier la sécurité de votre connexion|necesita (?:revisar|verificar) la seguridad de|sicherheit ihrer verbindung|sicherheit der verbindung|verificare la sicurezza della (?:tua )?connessione|a segurança da (?:sua )?conexão|beveiliging van (?:uw|je) verbinding|bezpieczeństwo połączenia|безопасность (?:вашего )?(?:соединения|подключения)|bağlantınızın güvenliği|schieben sie den (?:regler|schieber)|faites glisser|deslice (?:el|la)|接続のセキュリティ|スライダー|完成安全验证|完成安全驗證|完成验证|完成驗證|拖动滑块|拖動滑塊|拖动下方滑块|滑动验证|向右滑动|按住滑块|连接的安全性|연결의 보안|슬라이더를|أمان اتصالك|حرّك شريط|חיבור מאובטח`,
);
export const BLOCKED = stems(
  `unusual traffic|unusual activity from|trafic inhabituel|tráfico inusual|ungewöhnlichen (?:datenverkehr|traffic)|traffico insolito|tráfego incomum|ongebruikelijk verkeer|nietypowy ruch|необычный трафик|подозрительный трафик|незвичайний трафік|olağan dışı trafik
|access denied|access to this page has been|access is denied|request blocked|request was blocked|you have been blocked|sorry, you have been|are you a robot|automated requests|too many requests|bot detection|security check
|accès refusé|accès bloqué|vous avez été bloqué|acceso denegado|ha sido bloquead|zugriff verweigert|sie wurden blockiert|zugriff gesperrt|accesso negato|è stato bloccato|acesso negado|foi bloqueado|toegang geweigerd|je bent geblokkeerd|odmowa dostępu|dostęp zablokowany|zostałeś zablokowany|доступ запрещен|доступ запрещён|доступ ограничен|вы заблокированы|доступ заборонено|erişim engellendi|erişim reddedildi|アクセスが拒否|アクセスが制限|访问被拒绝|拒绝访问|存取被拒|拒絕存取|액세스가 거부|접근이 거부|접근이 차단|تم رفض الوصول|تم حظر|الوصول مرفوض|הגישה נדחתה|הגישה נחסמה|पहुँच अस्वीकृत|प्रवेश निषेध|akses ditolak|akses anda diblokir|åtkomst nekad|adgang nægtet|přístup odepřen|دسترسی ممنوع|truy cập bị từ chối
|request rejected|requested url was rejected|the request was rejected|your support id is|la solicitud (?:ha sido|fue) rechazada|die anfrage wurde (?:abgelehnt|blockiert)|la requête a été rejetée|запрос отклон[её]н|请求被拒绝|请求已被拦截
|your (?:ip|address|ip address) (?:has been|was|is) (?:flagged|blocked|banned)|forbidden$`,
);
/** Titles of such pages, as a whole. */
export const ROBOT_TITLE = stems(
  `just a moment|one moment|attention required|security check|are you a robot|access denied|verify you are|verification required|human verification|pardon our interruption|checking your browser|captcha|robot check
|un momento|un instant|vérification|einen moment|nur einen moment|sicherheitsüberprüfung|sicherheitsprüfung|un attimo|um momento|só um momento|een moment|een ogenblik|chwileczkę|proszę czekać|минуту|один момент|подождите|проверка|зачекайте|перевірка|bir dakika|lütfen bekleyin|お待ちください|しばらくお待ち|请稍候|請稍候|잠시만|لحظة|يرجى الانتظار|التحقق من|רק רגע|אימות|एक क्षण|कृपया प्रतीक्षा|mohon tunggu|tunggu sebentar|ett ögonblick|et øjeblik|okamžik|لطفاً صبر|vui lòng chờ`,
);

export const LOGIN = stems(
  `log in|login|log-in|sign in|sign-in|signin|members only|subscribers only|authenticat|connexion|se connecter|connectez-vous|vous connecter|identifi|s'identifier|authentifi|iniciar sesión|inicia sesión|inicie sesión|acceder a su cuenta|identifícate|identifíquese|autentic|anmelden|anmeldung|einloggen|melden sie sich|melde dich an|accedi|accesso|effettua il|autenticazione|entrar|iniciar sessão|fazer login|faça login|inloggen|log je in|meld u aan|aanmelden|zaloguj|logowanie|войти|войдите|вход|авториз|увійти|увійдіть|вхід|giriş yap|oturum aç|logga in|log ind|přihlás|đăng nhập
|تسجيل الدخول|سجل الدخول|سجّل الدخول|الدخول إلى حسابك|ورود به|وارد شوید|ログイン|サインイン|登录|登入|登錄|로그인|התחבר|כניסה|लॉग इन|लॉगिन|साइन इन|masuk`,
);
/** What a login is asked for. */
export const TO_GO_ON = stems(
  `to continue|to access|to view|to see|to read|to proceed|required|please|you must|you need|pour (?:continuer|accéder|voir|consulter|lire)|veuillez|vous devez|para (?:continuar|acceder|ver|acessar|aceder|leer|ler)|debe|necesita|por favor|um (?:fortzufahren|weiter|zu|diese|auf)|bitte|müssen sie|per (?:continuare|accedere|visualizzare|vedere|leggere)|devi|om (?:verder|door|deze|toegang|att)|alstublieft|je moet|aby|proszę|musisz|чтобы|пожалуйста|необходимо|щоб|будь ласка|потрібно|devam etmek|görmek için|görüntülemek için|erişmek için|lütfen|gerekiyor|för att|for at|vänligen|abyste|pro pokračování|prosím|để (?:tiếp tục|xem|truy cập)|vui lòng
|للمتابعة|للوصول|للاستمرار|لعرض|يرجى|يجب|الرجاء|برای|لطفا|続ける|続行|閲覧|ご覧|必要|してください|继续|查看|访问|请先|请|繼續|檢視|請|계속|보려면|이용하려면|하세요|해 주세요|필요|כדי|להמשיך|נא|יש|जारी|देखने|कृपया|के लिए|untuk (?:melanjutkan|mengakses|melihat)|silakan|harap`,
);

/** What a consent is about. */
export const CONSENT = stems(
  `cookie|consent|tracking|trackers|partner|advertis|personali[sz]e|ads |ad-free|iab|vendors|your privacy|consentement|traceurs|partenaires|publicit|témoins|consentimiento|socios|publicidad|rastreo|anuncios|zustimm|einwillig|werbung|werbe|tracking|personenbezogen|anzeigen|abonn|pur-abo|consenso|pubblicit|tracciament|profilazione|inserzion|consentimento|parceiros|anúncios|rastreamento|toestemming|advertent|volgen|zgod|reklam|partnerzy|partnerami|partnerów|согласи|реклам|партнёр|партнер|куки|згод|çerez|rıza|onay|ortak|samtyck|samtykke|annons|annonc|souhlas|đồng ý|đối tác|quảng cáo
|ملفات تعريف الارتباط|الكوكيز|موافق|شركاء|شركائنا|إعلان|الإعلانات|کوکی|رضایت|شرکا|تبلیغ|クッキー|同意|パートナー|広告|合作伙伴|广告|廣告|合作夥伴|쿠키|동의|파트너|광고|עוגיות|הסכמ|שותפ|פרסומ|कुकी|सहमति|भागीदार|विज्ञापन|kuki|persetujuan|mitra|iklan|data`,
);
/** What the reader is to press: the beginning of a short line. */
export const CONSENT_ACT = stems(
  `accept|yes, i|no, |disagree|view preferences|i accept|agree|i agree|yes, i|reject|decline|deny|refuse|allow all|allow cookies|manage (?:option|setting|preference|cookie|choice)|cookie settings|privacy settings|more options|continue (?:with|without)|subscribe|got it|consent|only necessary|customi[sz]e
|accepter|tout accepter|j'accepte|refuser|tout refuser|continuer (?:sans|avec)|gérer|paramétrer|personnaliser|s'abonner|aceptar|acepto|rechazar|configurar|gestionar|continuar (?:sin|con|com|sem)|suscribir|akzeptier|alle akzeptieren|zustimmen|alle zulassen|ablehnen|alle ablehnen|einstellungen|mehr optionen|weiter mit|weiter ohne|abonnieren|jetzt abonnieren|einverstanden|accett|rifiuta|gestisci|personalizza|continua (?:senza|con)|abbonati|aceitar|aceito|concordo|rejeitar|recusar|gerir|gerenciar|assinar|accepteren|alles accepteren|akkoord|weigeren|alles weigeren|instellingen|beheer|abonneer|akcept|zaakceptuj|zgadzam|odrzuć|ustawienia|zarządzaj|przejdź do serwisu|приня|согла|отклон|настро|подпис|прийня|погодж|відхил|налашт|kabul|tümünü kabul|reddet|tümünü reddet|ayarlar|yönet|acceptera|godkänn|avvisa|acceptér|afvis|přijmout|souhlasím|odmítnout|nastavení|chấp nhận|từ chối
|قبول|أوافق|موافق|رفض|إدارة|الإعدادات|اشترك|پذیرش|قبول همه|رد همه|同意する|同意して|同意しない|すべて同意|すべて許可|許可|拒否|設定|接受|同意|不同意|更多选项|全部接受|拒绝|拒絕|管理|设置|동의|모두 동의|모두 수락|거부|모두 거부|설정|אישור|אני מסכי|קבל|דחה|דחיית|ניהול|הגדרות|स्वीकार|सभी स्वीकार|अस्वीकार|प्रबंधित|सेटिंग|setuju|terima|tolak|kelola|pengaturan
|instellen|ik ga akkoord|weiter lesen mit|continuer et accepter`,
);
export const CONSENT_TITLE = stems(
  `before you continue|cookie consent|consent|we value your privacy|we care about your privacy|your privacy choices matter|avant de continuer|avant d'accéder|consentement|antes de continuar|consentimiento|zustimmung|einwilligung|bevor sie (?:zu|fort)|weiter mit werbung|prima di continuare|consenso|consentimento|voordat je verdergaat|toestemming|zanim przejdziesz|zgoda|прежде чем перейти|согласие|перш ніж|згода|devam etmeden önce|onay|samtycke|samtykke|souhlas
|قبل المتابعة|الموافقة|موافقة|続行する前に|同意|继续之前|在继续|在繼續|계속하기 전에|동의|לפני שממשיכים|הסכמה|जारी रखने से पहले|सहमति|sebelum melanjutkan|persetujuan
|your privacy (?:is important|matters)|we use cookies$|votre vie privée (?:est|nous)|nous utilisons des cookies$|(?:tu|su) privacidad (?:es|nos)|(?:usamos|utilizamos) cookies$|ihre privatsphäre|wir (?:verwenden|nutzen|benutzen) cookies$|la tua privacy|(?:usiamo|utilizziamo) (?:i )?cookie$|a sua privacidade|(?:wij|we) gebruiken cookies$|(?:uw|jouw|je) privacy|używamy (?:plików )?cookies?$|mit werbung|vi använder (?:cookies|kakor)$`,
);

/** The server itself is not well, or worked on. */
export const AWAY = stems(
  `maintenance|temporarily offline|be right back|be back soon|back shortly|temporarily unavailable|service unavailable|internal server error|bad gateway|gateway time|something went wrong|an error occurred|an error has occurred|unexpected error|technical difficult|technical problem|try again later|try again in|error 5\\d\\d|5\\d\\d error|database error|error establishing|application error|over capacity|under construction|site is down|server error|we'll be back|high (?:demand|load|volume)
|momentanément indisponible|temporairement indisponible|indisponible|réessayer|réessayez|une erreur|erreur interne|de retour|en construction|mantenimiento|no disponible|inténtelo|inténtalo|vuelva a intentar|ha ocurrido un error|se ha producido un error|volvemos|wartung|wartungsarbeiten|vorübergehend nicht|nicht verfügbar|nicht erreichbar|versuchen sie es (?:später|in |noch|erneut|bitte|zu )|interner (?:server)?fehler|ein fehler ist|etwas ist schief|gleich wieder|bald wieder|manutenzione|non disponibile|riprova|si è verificato un errore|manutenção|indisponível|tente novamente|ocorreu um erro|onderhoud|niet beschikbaar|probeer het (?:later|opnieuw|over|nog)|er is iets mis|er is een fout|prace konserwacyjne|przerwa techniczna|niedostępn|spróbuj ponownie|wystąpił błąd|техническ|недоступ|попробуйте|повторите попытку|произошла ошибка|ошибка сервера|технічн|спробуйте|сталася помилка|bakım|kullanılamıyor|tekrar deneyin|bir hata|hata oluştu|underhåll|vedligehold|otillgänglig|údržb|nedostupn|bảo trì|thử lại
|صيانة|الصيانة|غير متاح|غير متوفر|حاول مرة أخرى|المحاولة مرة أخرى|حدث خطأ|خطأ في الخادم|تعمیر|در دسترس نیست|خطا|メンテナンス|ただいま利用|利用できません|エラーが発生|しばらくしてから|もう一度お試し|维护|維護|暂时无法|暫時無法|稍后再试|稍後再試|发生错误|發生錯誤|服务器错误|점검|이용할 수 없|일시적으로|오류가 발생|다시 시도|תחזוקה|אינו זמין|לא זמין|נסו שוב|אירעה שגיאה|שגיאה|रखरखाव|अनुपलब्ध|पुनः प्रयास|त्रुटि|pemeliharaan|perbaikan|tidak tersedia|coba lagi|terjadi kesalahan
|prace serwisowe|zapraszamy (?:ponownie|później|za )|hang tight
|we're down|we are down|is down (?:for|right now)|upgrading our servers|(?:come|check) back (?:in |later|soon|shortly)`,
);
/** The page says that it is not there. */
export const MISSING = stems(
  `404|error 404|not found|page not found|page was not found|page cannot be found|can't be found|couldn't find|can't find|cannot find|could not find|page does not exist|page doesn't exist|doesn't exist|no longer available|no longer exists|page introuvable|introuvable|n'existe pas|n'existe plus|página no encontrada|no se encuentra|no se ha encontrado|no encontrada|no existe|seite nicht gefunden|nicht gefunden|existiert nicht|nicht mehr verfügbar|pagina non trovata|non trovata|non esiste|página não encontrada|não encontrada|não existe|pagina niet gevonden|niet gevonden|bestaat niet|nie znaleziono|nie istnieje|страница не найдена|не найдена|не существует|сторінку не знайдено|не знайдено|не існує|sayfa bulunamadı|bulunamadı|sidan hittades inte|hittades inte|siden blev ikke fundet|stránka nenalezena|nenalezena|không tìm thấy
|الصفحة غير موجودة|غير موجودة|لم يتم العثور|صفحه یافت نشد|یافت نشد|ページが見つかりません|見つかりません|页面不存在|找不到|未找到|頁面不存在|페이지를 찾을 수 없|찾을 수 없|존재하지 않|הדף לא נמצא|לא נמצא|पृष्ठ नहीं मिला|नहीं मिला|halaman tidak ditemukan|tidak ditemukan
|no encontramos|no hemos (?:podido )?encontra|no podemos encontrar|nous ne trouvons pas|nous n'avons pas trouvé|has been removed|was removed|ha sido eliminad|wurde entfernt|wir können .{1,40} nicht finden|a été supprimée|è stata rimossa|foi removid|não encontr|kunnen .{1,40} niet vinden|nie możemy znaleźć|мы не нашли|удалена|kaldırıldı
|(?:page|content|link) (?:isn't|is not) available|gibt es nicht|cette page n'est (?:pas|plus) disponible|esta página no está disponible|questa pagina non è disponibile|esta página não está disponível`,
);

/** The page as what the reader has asked for. */
export const ASKED_FOR = stems(
  `(?:page|content|document|article|resource|link|url) (?:that )?(?:you(?:'re| are| were|'ve| have)? (?:request|look|tr|ask|want|follow|click)|requested)|requested (?:page|content|document|resource|url)|page (?:demandée|recherchée|que vous)|contenu (?:demandé|que vous)|(?:página|contenido) (?:que (?:busca|está busc|estás busc|solicit|ha solicit|has solicit)|solicitad)|(?:angeforderte|gewünschte|gesuchte|aufgerufene)n? (?:seite|inhalt|dokument)|(?:seite|inhalt), (?:die|den|nach) |pagina (?:richiesta|che (?:stai )?cerc|che hai)|(?:página|conteúdo) (?:que (?:procura|você|está)|solicitad|requisitad)|pagina die (?:je|u) |(?:opgevraagde|gevraagde|gezochte) (?:pagina|inhoud)|stron\\p{L}{0,2},? któr\\p{L}{0,2} szuka|żądan\\p{L}{0,3} stron|запрашиваем|запрошенн|котор(?:ую|ый) вы (?:ищете|запра)|яку ви шукаєте|aradığınız (?:sayfa|içerik)|istediğiniz (?:sayfa|içerik)|sidan du (?:söker|letar)|siden du (?:leder|prøver)|stránk\\p{L}{0,2},? kterou|trang bạn
|お探しのページ|お探しの(?:コンテンツ|記事)|指定された(?:ページ|url)|(?:访问|请求|查找|寻找|浏览)的(?:页面|内容|网页)|您(?:訪問|請求|尋找)的|요청하신 (?:페이지|콘텐츠)|찾으시는 (?:페이지|콘텐츠)|(?:الصفحة|المحتوى) (?:المطلوب|الذي|التي)|הדף (?:המבוקש|שחיפשת)|खोज रहे हैं|halaman yang anda
|(?:this|that) page (?:isn't|is not)|link you followed|diese seite gibt es`,
);
/** What goes on to the second step of a login. */
export const NEXT = stems(
  `next|continue$|weiter|suivant|siguiente|continuar$|avanti|seguinte|próximo|avançar|volgende|dalej|далее|продолжить|далі|ileri|devam|nästa|næste|další|.{0,40}\\p{Ll}next
|次へ|下一步|다음|التالي|הבא|आगे|berikutnya|lanjut`,
);
/** What a login says to who has no account. */
export const NO_ACCOUNT = stems(
  `create (?:an |your )?account|sign up|no account|don't have an account|register|new (?:to|here)|créer un compte|pas de compte|crear (?:una )?cuenta|konto (?:erstellen|anlegen)|kein konto|registrier|crea (?:un )?account|criar (?:uma )?conta|account (?:aan)?maken|utwórz konto|załóż konto|создать аккаунт|зарегистрир|створити|hesap oluştur|skapa konto|opret konto
|アカウントを作成|アカウント作成|创建(?:账号|帐号|帐户|账户)|注册|註冊|계정 만들기|회원가입|إنشاء حساب|יצירת חשבון|खाता बनाएं|buat akun`,
);

/** What is in the titles of what people cite. */
export const DOCUMENT = stems(
  `\\p{L}*policy|\\p{L}*richtlinie|\\p{L}*erklärung|\\p{L}*bedingungen|\\p{L}*hinweise|\\p{L}*beleid|\\p{L}*verklaring|\\p{L}*voorwaarden|\\p{L}*villkor|polic|acceptable use|notice|statement|terms|conditions|guidelines|agreement|rules|report|help|how |what |why |about|faq|your rights|politique|charte|mentions|déclaration|avis|règles|conditions|comment|rapport|política|aviso|términos|condiciones|declaración|normas|cómo|informe|datenschutz|allgemeine |geschäftsbeding|richtlinie|cookie-richtlinie|erklärung|hinweis|bedingungen|agb|bericht|nutzungs|wie |informativa|termini|condizioni|norme|rapporto|termos|política|relatório|como |privacybeleid|beleid|verklaring|voorwaarden|polityk|regulamin|warunki|oświadczenie|raport|политик|услови|правила|положени|соглашени|отчёт|отчет|як |політик|умов|звіт|politika|ilke|koşul|sözleşme|aydınlatma|rapor|bildirim|policy|villkor|politik|vilkår|zásad|podmínk|chính sách|điều khoản
|سياسة|شروط|بيان|إشعار|تقرير|سیاست|شرایط|ポリシー|規約|方針|レポート|政策|声明|条款|條款|聲明|报告|방침|정책|약관|보고서|מדיניות|תנאי|הצהרת|דוח|नीति|शर्तें|सूचना|रिपोर्ट|kebijakan|ketentuan|syarat|laporan|pemberitahuan`,
);
