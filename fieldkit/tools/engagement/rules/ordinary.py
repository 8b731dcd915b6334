"""Ordinary words: capitalised words that belong to offices and places, and words for ranks."""

# Beginnings of words, case folded; a capitalised word that begins so is not taken for a name.
_INSTITUTION = """
    academ administrat agenc analys annex arab armen artic author autumn azerb balkan board border
    branch bureau cabinet canton capital center central centre chapter chief city civil code
    command commission committee communi constitut convention cooperat co-operat council countr
    county court crim cultur custom cyber data decision democra department deputy desk detect
    digital directorate district division east educat electronic emergenc engage english equal
    ethic europ evidence excel exchang federal field finance first foreign forensic foundation
    framework french general gender geneva german global good govern group guard guide head high
    home human inform innovat inspect institut integrat interior internal international internet
    interpol europol investigat joint justice kingdom knowledge law leader learn legal level local
    manage ministr minorit mission model municipal national network next north office officer
    operation organi osce parliament partner patrol people personnel plan police policy practice
    president prevent procedure process program project prosecut protect public quality question
    quick region register regulat report republic research resolut response review right risk
    road rule rural russian safe scan school second section sector secretar secur senior service
    shared skill social south special staff standard state station statistic strateg support
    system task team technic technolog third traffic training transport trust union unit united
    university urban victim village west women work world youth zone kanton
    window server microsoft excel linux
    агентств академ анализ бюро восточ высш главн глав город государств группа департамент
    европ закон запад информац институт комиссия комитет конвенц конституц концепц кодекс
    криминал международн министерств министр муниципальн национальн област общественн окруж
    организац отдел охран первый полици правительств правов президент программ прокуратур
    район регион республик россий секретар северн служб совет соединен союз стратеги суд техническ
    университет управлен уголовн федеральн центр цифров школ южн юстици
    vlada grad drzav državn federacij ministarstv uprav odjel odsjek policij republik
    služb skupštin sud tužilaštv zakon ured savet savjet
"""
# Whole words, case folded: they open sentences or stand for days and months.
_FUNCTION = """
    a about after all also an and any are as at be because before both but by can could do does
    each every few for from had has have he her here his how i if in into is it its last later
    many may more most mr mrs ms must my new no none nor not of old on once one only or other our
    out over own per same she should since so some soon still such than that the their them then
    there these they this those three through to today tomorrow two under until up very was we
    were what when where which while who why will with without would yes yet you your four five
    january february march april june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday
    без более был была были бы в вам вас весь во все всего вы где да для до его если есть еще ещё
    же за здесь и из или им их к как когда ко который кто либо мы на над наш не нет ни но ныне о
    об он она они от по под после потом почему при про с сейчас со так также там то тогда того
    только том у уже что чтобы эта эти это этот я январь февраль март апрель май июнь июль август
    сентябрь октябрь ноябрь декабрь понедельник вторник среда четверг пятница суббота воскресенье
    ako ali bez da do dok gdje gde i ili iz je jer kad kada kako kao koji na nakon ne nije od on
    oni ova ove ovo po pod prije pre s sa samo se su svaki sve to u uz za
"""
# Words before a surname, case folded.
_RANKS = """
    mr mrs ms miss sir madam dr colonel lieutenant major captain sergeant corporal constable
    inspector superintendent commissioner detective private
    полковник подполковник майор капитан лейтенант сержант старшина прапорщик рядовой генерал
    инспектор следователь оперуполномоченный участковый гражданин гражданка господин госпожа
    пуковник потпуковник мајор капетан поручник водник инспектор
    pukovnik potpukovnik bojnik kapetan satnik poručnik vodnik inspektor komesar gospodin gospođa
    kapiten togʻasi podpolkovnik leytenant serjant mayor
"""
# Ends of words, case folded, that only a patronymic or a surname has.
_NAME_ENDINGS = """
    ovich evich yevich ovna evna yevna ichna ović ević ovic evic uulu kyzy qizi oğlu oglu ogly zoda
    ович евич овна евна ична овић евић уулу кызы оглы улы зода
"""

INSTITUTION = tuple(_INSTITUTION.split())
FUNCTION = frozenset(_FUNCTION.split())
RANKS = frozenset(_RANKS.split())
NAME_ENDINGS = tuple(_NAME_ENDINGS.split())
