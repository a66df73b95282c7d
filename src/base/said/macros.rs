//! How texts and errors in both languages are written down.

/// Makes a [`Said`] from a Russian and an English template with the same places.
///
/// Values named in braces are the same in both languages. Values after the templates may be [`Said`]s
/// themselves: `said!("{}: папки нет", "{}: no such folder", path.display())`. They are evaluated once per
/// language.
macro_rules! said {
    ($ru:literal, $en:literal $(, $value:expr)* $(,)?) => {
        $crate::base::said::Said {
            ru: ::std::fmt::format(::std::format_args!(
                $ru $(, $crate::base::said::In($crate::base::said::Lang::Ru, &$value))*
            )),
            en: ::std::fmt::format(::std::format_args!(
                $en $(, $crate::base::said::In($crate::base::said::Lang::En, &$value))*
            )),
        }
    };
}
pub(crate) use said;

/// Makes an error in both languages.
macro_rules! fault {
    ($($said:tt)*) => {
        ::anyhow::Error::from($crate::base::said::Fault::new($crate::base::said::said!($($said)*)))
    };
}
pub(crate) use fault;

/// Returns from a function with an error in both languages.
macro_rules! refuse {
    ($($said:tt)*) => {
        return ::std::result::Result::Err($crate::base::said::fault!($($said)*))
    };
}
pub(crate) use refuse;
