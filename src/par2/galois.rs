//! The field of 65,536 elements that PAR2 computes in: polynomials over two modulo x^16 + x^12 + x^3 + x + 1,
//! where addition is exclusive or.

use std::sync::LazyLock;

/// The field's polynomial.
const POLYNOMIAL: u32 = 0x1_100B;
/// The number of non-zero elements; every one is a power of two.
const ORDER: usize = 65_535;

/// Logarithms to the base of two, and powers of two. The powers are stored twice over, so that two logarithms
/// can be added.
struct Tables {
    log: Vec<u16>,
    power: Vec<u16>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { log: vec![0; ORDER + 1], power: vec![0; 2 * ORDER] };
    let mut element: u32 = 1;
    for exponent in 0..ORDER {
        tables.power[exponent] = element as u16;
        tables.power[exponent + ORDER] = element as u16;
        tables.log[element as usize] = exponent as u16;
        element <<= 1;
        if element > 0xFFFF {
            element ^= POLYNOMIAL;
        }
    }
    tables
});

/// Returns the product of two elements.
pub(super) fn multiply(one: u16, other: u16) -> u16 {
    if one == 0 || other == 0 {
        return 0;
    }
    let log = |element: u16| usize::from(TABLES.log[usize::from(element)]);
    TABLES.power[log(one) + log(other)]
}

/// Returns the multiplicative inverse of an element; `None` for zero.
pub(super) fn inverse(element: u16) -> Option<u16> {
    (element != 0).then(|| TABLES.power[ORDER - usize::from(TABLES.log[usize::from(element)])])
}

/// Returns a power of an element.
pub(super) fn power(element: u16, exponent: u32) -> u16 {
    if element == 0 {
        return u16::from(exponent == 0);
    }
    let log = u64::from(TABLES.log[usize::from(element)]) * u64::from(exponent) % ORDER as u64;
    TABLES.power[log as usize]
}

/// Returns the constants of the first input slices: the powers of two whose exponents share no divisor with
/// 65,535, so that each has 65,535 different powers. There are 32,768.
pub(super) fn constants(count: usize) -> Vec<u16> {
    let exponents = (1..ORDER).filter(|n| ![3, 5, 17, 257].iter().any(|divisor| n % divisor == 0));
    exponents.take(count).map(|exponent| TABLES.power[exponent]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_those_of_the_format() {
        // Parity Volume Set Specification 2.0, "Input slice constants".
        assert_eq!(constants(8), [2, 4, 16, 128, 256, 2048, 8192, 16384]);
        assert_eq!(constants(9).last(), Some(&4107));
        assert_eq!(constants(100_000).len(), 32_768);
    }

    #[test]
    fn the_field_is_a_field() {
        assert_eq!((multiply(0x8000, 2), power(2, 16)), (0x100B, 0x100B));
        assert_eq!((inverse(0), power(7, 0), power(0, 0), power(0, 5)), (None, 1, 1, 0));
        for element in [1, 2, 3, 77, 0x1234, 0xFFFF] {
            let inverse = inverse(element).expect("it is not zero");
            assert_eq!(multiply(element, inverse), 1);
            assert_eq!(power(element, 3), multiply(element, multiply(element, element)));
            let sum = multiply(element, 0x0F0F) ^ multiply(element, 0x00FF);
            assert_eq!(multiply(element, 0x0F0F ^ 0x00FF), sum);
        }
    }
}
