//! Why a signature is broken or was left unchecked, in both languages.

use crate::base::said::{Said, said};

/// The mathematical result for a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It was made with the certificate's key over exactly this document.
    Intact,
    /// It was not made so, or not over this document.
    Broken,
    /// It could not be checked.
    NotChecked,
}

/// A verdict other than intact, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) verdict: Verdict,
    pub(super) reason: Said,
}

type Text = Said<&'static str>;

/// Makes the verdict that a signature is broken.
pub(super) fn broken(reason: Text) -> Failure {
    Failure { verdict: Verdict::Broken, reason: reason.owned() }
}

/// Makes the verdict that a signature could not be checked.
pub(super) fn not_checked(reason: Text) -> Failure {
    Failure { verdict: Verdict::NotChecked, reason: reason.owned() }
}

/// Makes the verdict that a signature could not be checked because of something with a name, such as an
/// algorithm.
pub(super) fn unknown(reason: Text, name: &str) -> Failure {
    Failure { verdict: Verdict::NotChecked, reason: said!("{}: {name}", "{}: {name}", reason) }
}

pub(super) const NOT_CMS: Text = Said::fixed("это не подпись в формате CMS", "this is not a CMS signature");
pub(super) const NO_SIGNER: Text = Said::fixed("в файле нет ни одной подписи", "the file holds no signature");
pub(super) const TOO_MANY: Text = Said::fixed(
    "в файле слишком много подписей или сертификатов",
    "the file holds too many signatures or certificates",
);
pub(super) const NO_CERTIFICATE: Text = Said::fixed(
    "в файле подписи нет сертификата подписавшего",
    "the signature file does not hold the signer's certificate",
);
pub(super) const OTHER_CONTENT: Text =
    Said::fixed("внутри файла подписи другой документ", "the signature file holds another document");
pub(super) const DOCUMENT_CHANGED: Text =
    Said::fixed("документ не тот, который подписан", "the document is not the one that was signed");
pub(super) const ATTRIBUTES_WRONG: Text =
    Said::fixed("подписанные сведения о документе испорчены", "the signed attributes are damaged");
pub(super) const ATTRIBUTES_INDEFINITE: Text = Said::fixed(
    "подписанные сведения записаны не по DER",
    "the signed attributes are not in the DER form that is signed",
);
pub(super) const SIGNATURE_WRONG: Text = Said::fixed(
    "подпись не соответствует ключу из сертификата",
    "the signature does not belong to the certificate's key",
);
pub(super) const OTHER_CERTIFICATE: Text = Said::fixed(
    "сертификат не тот, с которым подписывали",
    "the certificate is not the one that was signed with",
);
pub(super) const CERTIFICATE_DAMAGED: Text = Said::fixed(
    "сертификат испорчен: его собственная подпись неверна",
    "the certificate's own signature is wrong",
);
pub(super) const CERTIFICATE_UNREADABLE: Text =
    Said::fixed("сертификат не разбирается", "the certificate cannot be read");
pub(super) const DIGEST_UNKNOWN: Text =
    Said::fixed("алгоритм хеширования не поддерживается", "the digest algorithm is not supported");
pub(super) const SCHEME_UNKNOWN: Text =
    Said::fixed("алгоритм подписи не поддерживается", "the signature algorithm is not supported");
pub(super) const KEY_UNKNOWN: Text =
    Said::fixed("алгоритм ключа не поддерживается", "the key algorithm is not supported");
pub(super) const CURVE_UNKNOWN: Text =
    Said::fixed("параметры ключа не из списка известных", "the key's parameters are none of those known");
pub(super) const KEY_UNFIT: Text =
    Said::fixed("ключ в сертификате непригоден", "the certificate's key is unfit");
pub(super) const ALGORITHMS_DISAGREE: Text = Said::fixed(
    "алгоритмы подписи, ключа и хеширования не подходят друг к другу",
    "the algorithms of signature, key and digest do not fit together",
);
