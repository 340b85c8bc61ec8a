//! The simplest text that merges: a list of all units with the two neighbours that each was inserted between, integrated one
//! by one as `YjsMod` does. It shares no code and no representation with the crate.

/// Name of a unit: who inserted it, and how many that agent had inserted before.
type Id = (usize, u32);

#[derive(Clone)]
struct Unit {
    id: Id,
    left: Option<Id>,
    right: Option<Id>,
    value: u16,
    deleted: bool,
}

#[derive(Clone)]
enum Change {
    Insert(Unit),
    Delete(Id),
}

/// A replica of the model.
#[derive(Clone, Default)]
pub struct Model {
    units: Vec<Unit>,
    /// All changes that it has seen, in its order, each with a name of its own.
    changes: Vec<((usize, u32), Change)>,
    made: u32,
    inserted: u32,
}

impl Model {
    pub fn text(&self) -> Vec<u16> {
        self.units.iter().filter(|unit| !unit.deleted).map(|unit| unit.value).collect()
    }

    pub fn edit(&mut self, agent: usize, position: usize, deleted: usize, inserted: &[u16]) {
        for _ in 0..deleted {
            let index = self.seen(position);
            self.make(agent, Change::Delete(self.units[index].id));
        }
        let mut left = position.checked_sub(1).map(|before| self.seen(before));
        for &value in inserted {
            let next = left.map_or(0, |index| index + 1);
            let unit = Unit {
                id: (agent, self.inserted),
                left: left.map(|index| self.units[index].id),
                right: self.units.get(next).map(|unit| unit.id),
                value,
                deleted: false,
            };
            self.inserted += 1;
            self.make(agent, Change::Insert(unit));
            left = Some(next);
        }
    }

    pub fn merge(&mut self, other: &Self) {
        for (name, change) in &other.changes {
            if self.changes.iter().all(|(known, _)| known != name) {
                self.apply(change);
                self.changes.push((*name, change.clone()));
            }
        }
    }

    fn make(&mut self, agent: usize, change: Change) {
        self.apply(&change);
        self.changes.push(((agent, self.made), change));
        self.made += 1;
    }

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Delete(id) => {
                let index = self.index(*id);
                self.units[index].deleted = true;
            }
            Change::Insert(unit) => {
                let at = self.place(unit);
                self.units.insert(at, unit.clone());
            }
        }
    }

    fn place(&self, unit: &Unit) -> usize {
        let behind = |left: Option<Id>| left.map_or(0, |id| self.index(id) + 1);
        let before = |right: Option<Id>| right.map_or(self.units.len(), |id| self.index(id));
        let (left, right) = (behind(unit.left), before(unit.right));
        let (mut place, mut scanning) = (left, false);
        for (index, other) in self.units.iter().enumerate().take(right).skip(left) {
            if !scanning {
                place = index;
            }
            let (other_left, other_right) = (behind(other.left), before(other.right));
            if other_left < left || (other_left == left && other_right == right && unit.id < other.id) {
                return place;
            }
            if other_left == left {
                scanning = other_right < right;
            }
        }
        if scanning { place } else { right }
    }

    fn index(&self, id: Id) -> usize {
        self.units.iter().position(|unit| unit.id == id).expect("changes come after those that they build on")
    }

    fn seen(&self, position: usize) -> usize {
        let seen = self.units.iter().enumerate().filter(|(_, unit)| !unit.deleted);
        seen.map(|(index, _)| index).nth(position).expect("the position lies inside the text")
    }
}
