//! What the help of the command line says of each command and option.

use crate::base::said::Said;

/// The texts by the command and its option; a command itself and the program have no option.
#[rustfmt::skip]
pub(super) const HELP: &[(&str, &str, Said<&str>)] = &[
    ("", "", Said::fixed(
        "летопись — журналы, ведомости, показатели и архив из выгрузок электронного журнала",
        "Class journals, summary sheets, figures, checks and archive packages from a school's exports")),
    ("", "lang", Said::fixed(
        "Язык сообщений: ru или en",
        "Language of messages: ru or en")),
    ("build", "", Said::fixed(
        "Собрать учебный год: документы, показатели, проверки, архив",
        "Build a school year: documents, figures, checks, archive")),
    ("form", "", Said::fixed(
        "Заполнить книгу школы (XLSX) показателями и списками года",
        "Fill a workbook of the school's own with figures and lists of a year")),
    ("report", "", Said::fixed(
        "Сделать один отчёт, без сборки года",
        "Make one report alone, without a build")),
    ("check", "", Said::fixed(
        "Только прочитать и проверить, ничего не записывая",
        "Read and check only, write nothing")),
    ("init", "", Said::fixed(
        "Новая папка для учебного года: настройки, книга с таблицами, пояснения",
        "A new folder for a school year: settings, a workbook of tables, notes")),
    ("profiles", "", Said::fixed(
        "Какие системы журналов читаются и какой профиль взял каждый файл",
        "Which journal systems are read, and which profile took each file")),
    ("policy", "", Said::fixed(
        "Показать показатели регламента, с которыми сравнивает проверка, и откуда каждый",
        "Print the policy in force")),
    ("verify", "", Said::fixed(
        "Проверить архивные пакеты: папки, ZIP, папку с пакетами",
        "Verify archive packages: folders, ZIPs, a folder of packages")),
    ("archive", "", Said::fixed(
        "Положить пакеты года в архив школы: издания и реестр",
        "Put a year's packages into the archive")),
    ("register", "", Said::fixed(
        "Показать реестр архива или внести в него событие",
        "Show the register, or enter an event")),
    ("copy", "", Said::fixed(
        "Скопировать архив на другие носители и прочитать, что получилось",
        "Copy the archive and read it back")),
    ("repair", "", Said::fixed(
        "Починить повреждённый пакет по файлам PAR2 в новую папку",
        "Mend a damaged bag into a new folder")),
    ("restore", "", Said::fixed(
        "Достать данные из пакета и собрать документы заново",
        "Take the data out of a bag and build anew")),
    ("retention", "", Said::fixed(
        "Сроки хранения: что до какого года, что можно уничтожить по акту",
        "Terms of keeping: what to which year, what may be destroyed by an act")),
    ("state", "", Said::fixed(
        "Состояние года на одной странице: классы, архив, копии, дни до 30 июня",
        "The state of a year on one page: classes, archive, copies, days to 30 June")),
    ("build", "bundles", Said::fixed(
        "Папки с выгрузкой года; без них — все в папке inputs",
        "Folders with a year's export; without them all in the folder inputs")),
    ("build", "output", Said::fixed(
        "Куда собирать",
        "Where to build")),
    ("build", "as_of", Said::fixed(
        "За какую дату говорит сборка, например 2026-06-30",
        "The date the build speaks for, such as 2026-06-30")),
    ("build", "strict", Said::fixed(
        "Остановиться, если хоть одна строка не прочитана",
        "Stop if any row was left out")),
    ("build", "threads", Said::fixed(
        "Сколько потоков занимать",
        "How many threads to use")),
    ("build", "force", Said::fixed(
        "Собрать заново, даже если ничего не изменилось",
        "Rebuild even if nothing changed")),
    ("form", "form", Said::fixed(
        "Форма: книга XLSX с именами в {{…}}",
        "The form: an XLSX workbook with names in {{…}}")),
    ("form", "bundle", Said::fixed(
        "Папка с выгрузкой года; без неё — та, что в папке inputs",
        "Folder with a year's export; without it the one in the folder inputs")),
    ("form", "output", Said::fixed(
        "Куда записать заполненную книгу",
        "Where the filled workbook goes")),
    ("form", "terms", Said::fixed(
        "За какой период, по коду или названию; можно несколько; без него — последний закончившийся",
        "The term, by its code or title; may be repeated; without it the one that ended last")),
    ("form", "as_of", Said::fixed(
        "За какую дату",
        "The date to speak for")),
    ("form", "names", Said::fixed(
        "Показать имена, которые можно писать в форме",
        "Print the names that a form may hold")),
    ("build", "templates", Said::fixed(
        "Папка со своими шаблонами бумаг: файл с именем шаблона программы берётся вместо него",
        "A folder of own templates: a file named as a template of the program stands in its place")),
    ("build", "keep_data", Said::fixed(
        "Оставить рядом с документами их данные в JSON, шаблоны и шрифты, чтобы править шаблоны",
        "Keep the data of the documents, the templates and the fonts beside them")),
    ("build", "compare", Said::fixed(
        "Сравнить названные годы одной школы: каждый с более ранними",
        "Compare the years of one school, each with the earlier ones")),
    ("build", "only", Said::fixed(
        "Только эти отчёты, например analytics,timeliness; журналы, ведомости и акты делаются всегда",
        "Only these kinds of reports, such as analytics,timeliness; journals, sheets and acts are always made")),
    ("build", "terms", Said::fixed(
        "Отчёты за эти периоды, например Q1,Q2",
        "Reports of these terms, such as Q1,Q2")),
    ("build", "class", Said::fixed(
        "Отчёты этих классов, например 5А,5Б",
        "Reports of these classes, such as 5A,5B")),
    ("report", "kind", Said::fixed(
        "Вид отчёта: начало имени его файла, например analytics",
        "The kind of report, the beginning of its file's name, such as analytics")),
    ("report", "bundles", Said::fixed(
        "Папки с выгрузкой года; без них — все в папке inputs",
        "Folders with a year's export; without them all in the folder inputs")),
    ("report", "output", Said::fixed(
        "Куда положить",
        "Where to put it")),
    ("report", "terms", Said::fixed(
        "За эти периоды, например Q1,Q2",
        "Of these terms, such as Q1,Q2")),
    ("report", "class", Said::fixed(
        "Для этих классов, например 5А,5Б",
        "Of these classes, such as 5A,5B")),
    ("report", "templates", Said::fixed(
        "Папка со своими шаблонами бумаг",
        "A folder of own templates")),
    ("report", "as_of", Said::fixed(
        "За какую дату",
        "The date to speak for")),
    ("report", "threads", Said::fixed(
        "Сколько потоков занимать",
        "How many threads to use")),
    ("check", "bundles", Said::fixed(
        "Папки с выгрузкой года; без них — все в папке inputs",
        "Folders with a year's export; without them all in the folder inputs")),
    ("check", "as_of", Said::fixed(
        "За какую дату",
        "The date to speak for")),
    ("init", "folder", Said::fixed(
        "Папка, которой ещё нет или в которой пусто",
        "A folder that does not exist yet, or is empty")),
    ("profiles", "bundle", Said::fixed(
        "Папка с выгрузкой: сказать, какой профиль взял каждый её файл и почему",
        "A bundle: tell which profile took each of its files, and why")),
    ("profiles", "show", Said::fixed(
        "Показать текст поставляемого профиля, образец для своего",
        "Print a shipped profile")),
    ("policy", "bundles", Said::fixed(
        "Папки с выгрузкой года; без них — все в папке inputs",
        "Folders with a year's export; without them all in the folder inputs")),
    ("policy", "format", Said::fixed(
        "Вид ответа: text или json",
        "Form of the answer")),
    ("policy", "default", Said::fixed(
        "Напечатать policy.toml по умолчанию: letopis policy --default > policy.toml",
        "Print the default policy.toml: letopis policy --default > policy.toml")),
    ("verify", "paths", Said::fixed(
        "Пакеты BagIt: папки или ZIP, либо папки с ними",
        "BagIt bags: folders or ZIPs, or folders of them")),
    ("verify", "format", Said::fixed(
        "Вид ответа: text, json или csv",
        "Form of the answer")),
    ("verify", "head", Said::fixed(
        "Голова реестра с бумаги, например 7:3f2a-91bc-0d4e-77aa",
        "The register's head from paper, such as 7:3f2a-91bc-0d4e-77aa")),
    ("verify", "strict", Said::fixed(
        "Считать замечания поводом для кода завершения 3",
        "Exit with 3 when there are warnings")),
    ("verify", "record", Said::fixed(
        "Внести в реестр, что верные пакеты проверены",
        "Enter in the register that sound bags were verified")),
    ("verify", "no_record", Said::fixed(
        "Не вносить и не спрашивать об этом",
        "Neither enter it nor ask")),
    ("verify", "part", Said::fixed(
        "Прочитать только часть каждого пакета, например третью из двенадцати: 3/12",
        "Read one part of each bag, such as the third of twelve: 3/12")),
    ("verify", "time", Said::fixed(
        "Читать столько времени, например 30m или 2h, и продолжить в следующий раз",
        "Read for so long, such as 30m or 2h, and go on next time")),
    ("verify", "protocol", Said::fixed(
        "Записать в эту папку протокол проверки, PDF и CSV",
        "Write a protocol to sign, PDF and CSV")),
    ("verify", "as_of", Said::fixed(
        "Каким днём датировать протокол; без этого — сегодня",
        "The protocol's date; without it today")),
    ("verify", "medium", Said::fixed(
        "Какой носитель проверен, для протокола; без этого — как он подписан",
        "Which medium was verified, for the protocol; without it as it is labelled")),
    ("verify", "place", Said::fixed(
        "Где проверяли, для протокола; без этого — адрес школы из пакета",
        "Where it was verified, for the protocol; without it the school's address from the bag")),
    ("verify", "templates", Said::fixed(
        "Папка со своими шаблонами бумаг: файл с именем шаблона программы берётся вместо него",
        "A folder of own templates: a file named as a template of the program stands in its place")),
    ("verify", "keep_data", Said::fixed(
        "Оставить рядом с протоколом данные в JSON, шаблоны и шрифты, чтобы править шаблоны",
        "Keep the data of the paper, its templates and the fonts beside it")),
    ("verify", "by", Said::fixed(
        "Должность того, кто это делает; можно назвать несколько раз",
        "Post of whoever does it; may be given several times")),
    ("archive", "years", Said::fixed(
        "Папки собранных лет; без них — все в папке outputs",
        "Folders of built years; without them all in the folder outputs")),
    ("archive", "to", Said::fixed(
        "Папка архива",
        "The archive's folder")),
    ("archive", "reason", Said::fixed(
        "Почему появилось новое издание",
        "Why there is a new edition")),
    ("archive", "incomplete", Said::fixed(
        "Почему пакет кладут в архив без части документов",
        "Why a package is archived without all of its documents")),
    ("archive", "by", Said::fixed(
        "Должность того, кто кладёт в архив и отвечает за издание",
        "Post of whoever does it and answers for it")),
    ("copy", "archive", Said::fixed(
        "Папка архива",
        "The archive's folder")),
    ("copy", "to", Said::fixed(
        "Папки на носителях: первая — основной экземпляр, остальные — рабочие",
        "Folders on the media: the first is the main copy, the others are working copies")),
    ("copy", "kind", Said::fixed(
        "Какой это экземпляр, если не по порядку",
        "Which copy it is, if not by order: main or working")),
    ("copy", "label", Said::fixed(
        "Название носителя для реестра, своё у каждого; для нескольких — по порядку",
        "What the register calls each medium, one for each; several in their order")),
    ("copy", "parity", Said::fixed(
        "Записать рядом с пакетами файлы PAR2: по ним чинится столько процентов потерь",
        "Write PAR2 files beside the bags: they mend so many per cent of losses")),
    ("copy", "by", Said::fixed(
        "Должность того, кто это делает; можно назвать несколько раз",
        "Post of whoever does it; may be given several times")),
    ("repair", "bag", Said::fixed(
        "Папка повреждённого пакета; файлы PAR2 лежат рядом с ней",
        "Folder of the damaged bag; its PAR2 files lie beside it")),
    ("repair", "output", Said::fixed(
        "Новая папка: в ней пакет встанет под своим именем",
        "A new folder for the mended bag")),
    ("repair", "register", Said::fixed(
        "Папка архива, с реестром которого сверить; без этого — папка, где лежит пакет",
        "Archive whose register to compare with; without it the folder of the bag")),
    ("restore", "bag", Said::fixed(
        "Папка пакета",
        "The bag")),
    ("restore", "output", Said::fixed(
        "Новая папка: sources — исходные файлы, tables — таблицы, rebuilt — собранное заново",
        "A new folder: sources has the source files, tables the tables, rebuilt what was built anew")),
    ("retention", "archive", Said::fixed(
        "Папка архива",
        "The archive's folder")),
    ("retention", "as_of", Said::fixed(
        "На какую дату",
        "The date to speak for")),
    ("retention", "act", Said::fixed(
        "Записать в эту папку проект акта о выделении к уничтожению",
        "Write the draft of an act of destruction")),
    ("retention", "templates", Said::fixed(
        "Папка со своими шаблонами бумаг: файл с именем шаблона программы берётся вместо него",
        "A folder of own templates: a file named as a template of the program stands in its place")),
    ("retention", "keep_data", Said::fixed(
        "Оставить рядом с актом данные в JSON, шаблоны и шрифты, чтобы править шаблоны",
        "Keep the data of the paper, its templates and the fonts beside it")),
    ("state", "years", Said::fixed(
        "Папки собранных лет",
        "Folders of built years")),
    ("state", "archive", Said::fixed(
        "Папка архива; рядом с реестром в ней лежит year-ГОД.toml с отметками о классах",
        "The archive's folder; notes on classes, year-YEAR.toml, lie there beside the register")),
    ("state", "as_of", Said::fixed(
        "На какую дату",
        "The date to speak for")),
    ("state", "page", Said::fixed(
        "Записать сюда страницу PDF для печати",
        "Write a PDF page to print here")),
    ("state", "templates", Said::fixed(
        "Папка со своими шаблонами бумаг: файл с именем шаблона программы берётся вместо него",
        "A folder of own templates: a file named as a template of the program stands in its place")),
    ("state", "keep_data", Said::fixed(
        "Оставить рядом с страницей данные в JSON, шаблоны и шрифты, чтобы править шаблоны",
        "Keep the data of the paper, its templates and the fonts beside it")),
    ("state", "start_notes", Said::fixed(
        "Начать в архиве файл year-ГОД.toml, куда вписывают дни закрытия, печати и подписания",
        "Begin the file year-YEAR.toml in the archive for days of closing, printing and signing")),
    ("register", "archive", Said::fixed(
        "Папка архива",
        "The archive's folder")),
    ("register", "event", Said::fixed(
        "Событие: handed_over — передан, destroyed — уничтожен, reversed — прежняя запись ошибочна",
        "The event: handed_over, destroyed, reversed (an earlier entry was a mistake)")),
    ("register", "bag", Said::fixed(
        "Имя пакета в архиве",
        "The bag")),
    ("register", "note", Said::fixed(
        "Основание: номер и дата акта, а для отмены — почему",
        "The act's number and date, or the reason")),
    ("register", "by", Said::fixed(
        "Должность того, кто это делает; для уничтожения двое: --by … --by …",
        "Post of whoever did it; two for a destruction: --by … --by …")),
    ("register", "entry", Said::fixed(
        "Номер записи, которую отменяет reversed; без него — последняя о передаче или уничтожении",
        "Number of the entry that reversed takes back; without it the last hand-over or destruction")),
];
