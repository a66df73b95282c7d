//! The text that a person without letopis reads first in an archive package: what the package is, how to
//! check it, what supports it.

use super::packed::Package;
use crate::model::Journal;
use crate::render::format;

/// File name of the readme in its package.
pub(crate) const README: &str = "ЧИТАЙ-МЕНЯ.txt";

/// Checks every file by all four manifests and finds files that no manifest lists, with the tools of every
/// Windows: PowerShell 5.1 or newer. The user pastes it rather than runs it as a file, because Windows does
/// not run scripts by default.
pub const WINDOWS_SCRIPT: &str = include_str!("../../templates/check-bag.ps1");

/// The part of the readme for bags with Streebog manifests.
const STREEBOG_NOTE: &str = "\nВ manifest-streebog256.txt записаны те же суммы по ГОСТ Р 34.11-2012 («Стрибог», 256 бит). Их проверяет\nпрограмма, \
знающая этот алгоритм, например openssl с модулем gost: openssl dgst -md_gost12_256 ФАЙЛ\n";

const CONTENTS: &str = "\
Это архивный пакет в формате BagIt 1.0 (RFC 8493). Документы лежат в папке data, их перечень — data/опись.pdf
и, для программ, data/опись.csv. Что с пакетом делали — data/события.csv.
PDF-файлы записаны в архивном формате PDF/A, таблицы — в CSV (UTF-8, разделитель — запятая).
Ничего в пакете не меняйте, не переименовывайте и не добавляйте.
";

const CHECKING: &str = "
КАК ПРОВЕРИТЬ, ЧТО НИЧЕГО НЕ ПРОПАЛО И НЕ ИЗМЕНИЛОСЬ, БЕЗ ОСОБЫХ ПРОГРАММ

Linux: откройте терминал в этой папке и выполните
    sha256sum -c manifest-sha256.txt tagmanifest-sha256.txt
    find data -type f | wc -l; wc -l < manifest-sha256.txt
Каждая строка должна кончаться словом OK (ЦЕЛ), а два числа в конце — быть равны: лишних файлов нет.
Вместо 256 можно взять 512. В macOS вместо sha256sum -c пишут shasum -a 256 -c, для каждого файла отдельно.

Windows: откройте эту папку в Проводнике, наберите в строке адреса powershell и нажмите Enter. Вставьте в открывшееся
окно всё от первой до последней фигурной скобки и нажмите Enter:

";

const AFTER_SCRIPT: &str = "
В конце должно быть напечатано ВСЁ ЦЕЛО. Если последней строки нет, проверка не окончена: прочитайте, что написано
красным. Если путь слишком длинный, перенесите папку ближе к началу диска.

С программой letopis всё это делает одна команда: letopis verify ПАПКА-ПАКЕТА
";

const BEHIND: &str = "
ЧЕГО ЭТИ СУММЫ НЕ ПОКАЗЫВАЮТ

Пакет не заменяет подписей и печатей. Контрольные суммы показывают случайное повреждение. Подмену, после которой пересчитаны все суммы, они не покажут.
Для этого есть другие средства, они лежат вне пакета.

  Реестр. В архиве школы рядом с пакетами лежит register.txt: для каждого пакета там записана сумма SHA-256 его файла
  tagmanifest-sha256.txt. Она должна совпасть (Linux: sha256sum tagmanifest-sha256.txt; Windows: Get-FileHash
  tagmanifest-sha256.txt). Строки реестра связаны: каждая содержит сумму предыдущей.

  Бумага. Последняя сумма реестра — его голова — напечатана на протоколах проверки, с QR-кодом и подписями людей. Пока
  строка с этой суммой стоит в реестре, всё до неё то же, что было в день подписания:
  letopis verify АРХИВ --head 7:3f2a-91bc-0d4e-77aa

  Электронные подписи. Файл с именем подписанного и окончанием .sig или .p7s — отсоединённая подпись; к документам
  папки data подписи лежат в папке signatures. Подпись файла tagmanifest-sha512.txt удостоверяет весь пакет: в нём
  суммы описей, а в описях — суммы всех документов. Математически подписи проверяет letopis verify; действителен ли
  сертификат, скажет программа для электронной подписи. Какие подписи должны быть, записано в реестре.

ЕСЛИ ПАКЕТ ПОВРЕЖДЁН

Возьмите его из другой копии архива: на каких носителях она лежит, записано в реестре. Если рядом с папкой пакета есть
файлы .par2, его можно починить: letopis repair ПАКЕТ -o НОВАЯ-ПАПКА, а без letopis — любой программой для PAR2
(par2 repair ПАКЕТ.par2), сначала скопировав пакет и эти файлы в другое место. После этого проверьте ещё раз.
";

/// Returns the readme of a package.
pub(crate) fn readme(journal: &Journal, package: &Package, has_streebog: bool) -> String {
    let Package { title, years_kept, index, .. } = package;
    let school = &journal.school.name;
    let script: String = WINDOWS_SCRIPT.lines().map(|line| format!("    {line}\n")).collect();
    let streebog = if has_streebog { STREEBOG_NOTE } else { "" };
    let years = format::plural(usize::from(*years_kept), ["год", "года", "лет"]);
    let term = format!(
        "Индекс дела по номенклатуре: {index}. Срок хранения: {years_kept} {years}, с 1 января года,\nследующего за годом закрытия дела."
    );
    format!("{title}\n{school}\n{term}\n\n{CONTENTS}{CHECKING}{script}{AFTER_SCRIPT}{streebog}{BEHIND}")
}
