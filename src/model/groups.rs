//! Items by the record they belong to, in one block of memory: a year has forty thousand lessons and a
//! million marks.

/// Groups of items; each group keeps the order of its items.
pub(super) struct Groups<T> {
    /// The start of each group among the items, and the end of the last.
    starts: Vec<usize>,
    items: Vec<T>,
}

impl<T: Copy> Groups<T> {
    /// Groups items by index.
    pub(super) fn new(count: usize, pairs: impl Iterator<Item = (usize, T)>) -> Self {
        // The records are walked only once: a million of them is more than a cache holds.
        let pairs: Vec<(usize, T)> = pairs.collect();
        let mut starts = vec![0; count + 1];
        pairs.iter().for_each(|(index, _)| starts[index + 1] += 1);
        for index in 0..count {
            starts[index + 1] += starts[index];
        }
        let mut items: Vec<T> = pairs.iter().map(|(_, item)| *item).collect();
        let mut next = starts.clone();
        for (index, item) in pairs {
            items[next[index]] = item;
            next[index] += 1;
        }
        Self { starts, items }
    }

    /// Sorts every group by a key; equal items keep their order.
    pub(super) fn sorted_by_key<K: Ord>(mut self, key: impl Fn(&T) -> K) -> Self {
        for ends in self.starts.windows(2) {
            self.items[ends[0]..ends[1]].sort_by_key(&key);
        }
        self
    }

    /// Returns the items of a group.
    pub(super) fn of(&self, index: usize) -> &[T] {
        &self.items[self.starts[index]..self.starts[index + 1]]
    }

    /// Returns how many groups there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::Groups;

    #[test]
    fn items_stand_in_their_groups_in_the_order_they_came() {
        let pairs = [(2, 'c'), (0, 'a'), (2, 'b'), (2, 'a')];
        let groups = Groups::new(4, pairs.into_iter());
        let all =
            |groups: &Groups<char>| (0..groups.len()).map(|at| groups.of(at).to_vec()).collect::<Vec<_>>();
        assert_eq!(all(&groups), [vec!['a'], vec![], vec!['c', 'b', 'a'], vec![]]);
        assert_eq!(all(&groups.sorted_by_key(|item| *item))[2], ['a', 'b', 'c']);
        assert_eq!(all(&Groups::new(2, [].into_iter())), [const { Vec::<char>::new() }; 2]);
    }
}
