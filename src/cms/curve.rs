//! Points of elliptic curves in short Weierstrass form, for checking signatures. All values are public, so
//! timing does not matter.

use num_bigint::BigUint;

/// A curve y² = x³ + ax + b over the integers modulo p, with a base point of prime order q.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    pub(super) p: BigUint,
    pub(super) a: BigUint,
    pub(super) b: BigUint,
    pub(super) q: BigUint,
    pub(super) base: Affine,
}

/// A point by its coordinates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Affine {
    pub(super) x: BigUint,
    pub(super) y: BigUint,
}

/// A point as (X / Z², Y / Z³), so that adding needs no division. Z = 0 is the point at infinity.
#[derive(Clone, Debug)]
struct Jacobian {
    x: BigUint,
    y: BigUint,
    z: BigUint,
}

impl Curve {
    /// Tells whether a point lies on the curve.
    pub(super) fn holds(&self, point: &Affine) -> bool {
        let Affine { x, y } = point;
        *x < self.p && *y < self.p && (y * y) % &self.p == ((x * x + &self.a) * x + &self.b) % &self.p
    }

    /// Returns the x of `u`·base + `v`·`point`; `None` if the sum is the point at infinity.
    pub(super) fn sum_x(&self, u: &BigUint, v: &BigUint, point: &Affine) -> Option<BigUint> {
        let (base, point) = (lift(&self.base), lift(point));
        let both = self.add(&base, &point);
        let mut sum = Jacobian { x: BigUint::ZERO, y: BigUint::ZERO, z: BigUint::ZERO };
        // Both numbers are processed together from their highest bits (Shamir's trick).
        for bit in (0..u.bits().max(v.bits())).rev() {
            sum = self.double(&sum);
            sum = match (u.bit(bit), v.bit(bit)) {
                (true, true) => self.add(&sum, &both),
                (true, false) => self.add(&sum, &base),
                (false, true) => self.add(&sum, &point),
                (false, false) => sum,
            };
        }
        let inverse = sum.z.modinv(&self.p)?;
        Some(sum.x * (&inverse * &inverse % &self.p) % &self.p)
    }

    fn minus(&self, left: &BigUint, right: &BigUint) -> BigUint {
        (left + &self.p - right) % &self.p
    }

    /// Doubles a point ("dbl-1998-cmo-2" of the Explicit-Formulas Database).
    fn double(&self, point: &Jacobian) -> Jacobian {
        let p = &self.p;
        let yy = &point.y * &point.y % p;
        let s = ((&point.x * &yy) << 2) % p;
        let zz = &point.z * &point.z % p;
        let m = (&point.x * &point.x * 3_u32 + &self.a * (&zz * &zz % p)) % p;
        let x = self.minus(&(&m * &m % p), &((&s << 1) % p));
        let y = self.minus(&(m * self.minus(&s, &x) % p), &(((&yy * &yy) << 3) % p));
        Jacobian { x, y, z: ((&point.y * &point.z) << 1) % p }
    }

    /// Adds two points ("add-1998-cmo-2" of the Explicit-Formulas Database).
    fn add(&self, left: &Jacobian, right: &Jacobian) -> Jacobian {
        let p = &self.p;
        if left.z == BigUint::ZERO {
            return right.clone();
        }
        if right.z == BigUint::ZERO {
            return left.clone();
        }
        let (left_zz, right_zz) = (&left.z * &left.z % p, &right.z * &right.z % p);
        let (u1, u2) = (&left.x * &right_zz % p, &right.x * &left_zz % p);
        let s1 = &left.y * (&right.z * &right_zz % p) % p;
        let s2 = &right.y * (&left.z * &left_zz % p) % p;
        let (h, r) = (self.minus(&u2, &u1), self.minus(&s2, &s1));
        if h == BigUint::ZERO && r == BigUint::ZERO {
            return self.double(left);
        }
        let hh = &h * &h % p;
        let (hhh, v) = (&h * &hh % p, &u1 * &hh % p);
        let x = self.minus(&(&r * &r % p), &((&hhh + (&v << 1)) % p));
        let y = self.minus(&(r * self.minus(&v, &x) % p), &(s1 * hhh % p));
        // Opposite points have h = 0, so the sum has z = 0.
        Jacobian { x, y, z: &left.z * &right.z % p * h % p }
    }
}

fn lift(point: &Affine) -> Jacobian {
    Jacobian { x: point.x.clone(), y: point.y.clone(), z: BigUint::from(1_u8) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cms::parameters;

    /// A wrong digit in any table of parameters makes one of these fail.
    #[test]
    fn every_base_point_lies_on_its_curve_and_has_its_order() {
        for named in parameters::ALL {
            let curve = named.curve();
            assert!(curve.holds(&curve.base), "{}", named.name);
            let (one, less) = (BigUint::from(1_u8), &curve.q - 1_u8);
            assert_eq!(curve.sum_x(&less, &one, &curve.base), None, "{}: q·P is infinity", named.name);
            let x = curve.sum_x(&less, &BigUint::ZERO, &curve.base);
            assert_eq!(x.as_ref(), Some(&curve.base.x), "{}: (q − 1)·P = −P", named.name);
        }
    }

    #[test]
    fn adding_a_point_to_itself_doubles_it() {
        let curve = parameters::ALL[0].curve();
        let (one, two) = (BigUint::from(1_u8), BigUint::from(2_u8));
        let doubled = curve.sum_x(&two, &BigUint::ZERO, &curve.base);
        assert_eq!(curve.sum_x(&one, &one, &curve.base), doubled);
        assert!(doubled.is_some());
    }
}
