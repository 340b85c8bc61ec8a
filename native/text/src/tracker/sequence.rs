//! The units of a stretch of history in their final order, in runs, with two lengths: at the version that is being
//! prepared, and at the end.

use super::item::{FIRST_OLD, Item, NOTHING};

/// Items of a leaf; more are split in two.
const MOST_ITEMS: usize = 32;

/// A place in the sequence: a leaf and an item in it, or the end of the leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Number of the leaf.
    pub leaf: u32,
    /// Place in the leaf.
    pub item: usize,
}

#[derive(Clone, Debug, Default)]
struct Leaf {
    items: Vec<Item>,
    /// Sums over the items.
    seen: u32,
    left_at_end: u32,
    /// No old unit before the leaf has an id from here on, and none in it or behind it has one before.
    old_from: u32,
}

/// A leaf with what lies before it.
#[derive(Clone, Copy, Debug, Default)]
struct Near {
    /// Its place in the order.
    at: usize,
    seen: u32,
    left_at_end: u32,
}

/// Items in leaves, the leaves in an order of their own.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    leaves: Vec<Leaf>,
    order: Vec<u32>,
    /// Leaf of each inserted unit, from the unit `first_unit` on.
    leaf_of_unit: Vec<u32>,
    first_unit: u32,
    seen: u32,
    left_at_end: u32,
    /// Where the last search ended.
    near: Near,
}

impl Sequence {
    /// Begins anew with `old` units; the next inserted one will be number `first_unit`.
    pub fn restart(&mut self, old: u32, first_unit: u32) {
        self.leaves.truncate(1);
        self.leaves.resize_with(1, Leaf::default);
        self.order.clear();
        self.order.push(0);
        self.leaf_of_unit.clear();
        self.near = Near::default();
        self.first_unit = first_unit;
        (self.seen, self.left_at_end) = (old, old);
        let leaf = &mut self.leaves[0];
        leaf.items.clear();
        (leaf.seen, leaf.left_at_end, leaf.old_from) = (old, old, FIRST_OLD);
        if old > 0 {
            leaf.items.push(Item { id: FIRST_OLD, len: old, left: NOTHING, right: NOTHING, state: 1, gone: false });
        }
    }

    /// Units that are seen at the prepared version.
    pub fn seen(&self) -> u32 {
        self.seen
    }

    /// Units that are left at the end.
    pub fn left_at_end(&self) -> u32 {
        self.left_at_end
    }

    /// The item at a place.
    pub fn at(&self, place: Place) -> &Item {
        &self.leaves[place.leaf as usize].items[place.item]
    }

    /// The first place.
    pub fn first(&self) -> Place {
        Place { leaf: self.order[0], item: 0 }
    }

    /// The place of the item that holds the seen unit number `seen`, the unit's offset in it, and how many units before
    /// the item are left at the end.
    pub fn find_seen(&mut self, seen: u32) -> Option<(Place, u32, u32)> {
        let mut near = self.near;
        while seen < near.seen {
            near.at -= 1;
            let leaf = &self.leaves[self.order[near.at] as usize];
            near.seen -= leaf.seen;
            near.left_at_end -= leaf.left_at_end;
        }
        let mut number = *self.order.get(near.at)?;
        while seen - near.seen >= self.leaves[number as usize].seen {
            let leaf = &self.leaves[number as usize];
            near.seen += leaf.seen;
            near.left_at_end += leaf.left_at_end;
            near.at += 1;
            number = *self.order.get(near.at)?;
        }
        self.near = near;
        let (mut skip, mut at_end) = (seen - near.seen, near.left_at_end);
        for (item, each) in self.leaves[number as usize].items.iter().enumerate() {
            if skip < each.seen() {
                return Some((Place { leaf: number, item }, skip, at_end));
            }
            skip -= each.seen();
            at_end += each.left_at_end();
        }
        None
    }

    /// The next search begins at the begin, because what lies before its place may have changed.
    pub fn forget_near(&mut self) {
        self.near = Near::default();
    }

    /// What is seen at the prepared version is what is left at the end.
    pub fn end_here(&mut self) {
        for leaf in &mut self.leaves {
            for item in &mut leaf.items {
                item.gone = item.seen() == 0;
            }
            leaf.left_at_end = leaf.seen;
        }
        self.left_at_end = self.seen;
        self.forget_near();
    }

    /// All items in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.order.iter().flat_map(|&leaf| &self.leaves[leaf as usize].items)
    }

    /// The place of the item that holds a unit.
    pub fn find_id(&self, id: u32) -> Option<Place> {
        let leaf = if id < FIRST_OLD {
            *self.leaf_of_unit.get(id.checked_sub(self.first_unit)? as usize)?
        } else {
            let after = self.order.partition_point(|&leaf| self.leaves[leaf as usize].old_from <= id);
            *self.order.get(after.checked_sub(1)?)?
        };
        let item = self.leaves[leaf as usize].items.iter().position(|item| item.holds(id))?;
        Some(Place { leaf, item })
    }

    /// Something that grows from place to place.
    pub fn rank(&self, place: Place) -> (usize, usize) {
        (self.order.iter().position(|&leaf| leaf == place.leaf).unwrap_or(usize::MAX), place.item)
    }

    /// The same place, at the begin of the next leaf where this one has ended; none at the end of all.
    pub fn normalize(&self, place: Place) -> Option<Place> {
        if place.item < self.leaves[place.leaf as usize].items.len() {
            return Some(place);
        }
        let next = *self.order.get(self.rank(place).0 + 1)?;
        Some(Place { leaf: next, item: 0 })
    }

    /// Sees to it that an item begins at `id` and ends at `end` or before; gives its place.
    pub fn isolate(&mut self, id: u32, end: u32) -> Option<Place> {
        let mut place = self.find_id(id)?;
        if self.at(place).id < id {
            self.split(place, id - self.at(place).id);
            place = self.find_id(id)?;
        }
        self.cut_end(place, id, end)
    }

    /// The same, where the item may well be the one at `place`.
    pub fn isolate_near(&mut self, place: Place, id: u32, end: u32) -> Option<Place> {
        match self.leaves[place.leaf as usize].items.get(place.item) {
            Some(item) if item.id == id => self.cut_end(place, id, end),
            _ => self.isolate(id, end),
        }
    }

    fn cut_end(&mut self, mut place: Place, id: u32, end: u32) -> Option<Place> {
        if end - id < self.at(place).len {
            self.split(place, end - id);
            place = self.find_id(id)?;
        }
        Some(place)
    }

    /// Splits an item before its unit at `offset`, which is neither 0 nor its length.
    pub fn split(&mut self, place: Place, offset: u32) {
        let item = &mut self.leaves[place.leaf as usize].items[place.item];
        let id = item.id + offset;
        let rest = Item { id, len: item.len - offset, left: id - 1, ..*item };
        item.len = offset;
        self.put(Place { item: place.item + 1, ..place }, rest);
    }

    /// Inserts a new item, seen and left at the end, before what is at `place`.
    pub fn insert(&mut self, place: Place, item: Item) {
        if self.order.get(self.near.at) != Some(&place.leaf) {
            self.forget_near();
        }
        let leaf = &mut self.leaves[place.leaf as usize];
        leaf.seen += item.len;
        leaf.left_at_end += item.len;
        self.seen += item.len;
        self.left_at_end += item.len;
        let known = (item.id - self.first_unit) as usize;
        self.leaf_of_unit.resize(known + item.len as usize, place.leaf);
        if !self.lengthen(place, &item) {
            self.put(place, item);
        }
    }

    /// Lets the item before the place grow, where the new one continues it.
    fn lengthen(&mut self, place: Place, item: &Item) -> bool {
        let before = place.item.checked_sub(1).map(|index| &mut self.leaves[place.leaf as usize].items[index]);
        let Some(before) = before else { return false };
        let continues = before.id + before.len == item.id && item.left == item.id - 1 && before.right == item.right;
        let continues = continues && before.state == 1 && !before.gone;
        if continues {
            before.len += item.len;
        }
        continues
    }

    /// Changes the state of an item, and whether it is deleted at the end.
    pub fn set(&mut self, place: Place, state: u32, gone: bool) {
        let leaf = &mut self.leaves[place.leaf as usize];
        let item = &mut leaf.items[place.item];
        let (seen, at_end) = (item.seen(), item.left_at_end());
        (item.state, item.gone) = (state, gone);
        leaf.seen = leaf.seen - seen + item.seen();
        leaf.left_at_end = leaf.left_at_end - at_end + item.left_at_end();
        self.seen = self.seen - seen + item.seen();
        self.left_at_end = self.left_at_end - at_end + item.left_at_end();
    }

    /// Puts an item, whose sums are counted already, into a leaf, and splits the leaf where it is full.
    fn put(&mut self, place: Place, item: Item) {
        let items = &mut self.leaves[place.leaf as usize].items;
        items.insert(place.item, item);
        if items.len() > MOST_ITEMS {
            self.split_leaf(place.leaf);
        }
    }

    fn split_leaf(&mut self, number: u32) {
        let new = self.leaves.len() as u32;
        let old = &mut self.leaves[number as usize];
        let items = old.items.split_off(MOST_ITEMS / 2);
        let leaf = Leaf {
            seen: items.iter().map(Item::seen).sum(),
            left_at_end: items.iter().map(Item::left_at_end).sum(),
            old_from: first_old(&items).or(end_of_old(&old.items)).unwrap_or(old.old_from),
            items,
        };
        old.seen -= leaf.seen;
        old.left_at_end -= leaf.left_at_end;
        for item in &leaf.items {
            if item.id < FIRST_OLD {
                let from = (item.id - self.first_unit) as usize;
                self.leaf_of_unit[from..from + item.len as usize].fill(new);
            }
        }
        self.leaves.push(leaf);
        let at = self.order.iter().position(|&leaf| leaf == number).unwrap_or(0);
        self.order.insert(at + 1, new);
        self.forget_near();
    }
}

fn first_old(items: &[Item]) -> Option<u32> {
    items.iter().map(|item| item.id).find(|&id| id >= FIRST_OLD)
}

fn end_of_old(items: &[Item]) -> Option<u32> {
    items.iter().rev().find(|item| item.id >= FIRST_OLD).map(|item| item.id + item.len)
}
