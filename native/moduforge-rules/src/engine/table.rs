//! A decision table of fees, as JDM and as plain arithmetic.

use forgebench_measure::Failure;
use mf_engine::model::{DecisionContent, DecisionNodeKind};
use serde_json::{Value, json};

use super::graphs::{node, path};

/// Every row covers this many whole amounts.
const WIDTH: u64 = 100;
/// Customers are of so many tiers; row `k` is for those of tier `k` modulo this.
const TIERS: u64 = 4;

/// A table of `rows` rows: the ranges of their amounts lie side by side, so that no more than one row can hit.
#[derive(Clone, Copy)]
pub struct FeeTable {
    /// Its rows.
    pub rows: u64,
}

/// What a decision is asked about.
#[derive(Clone, Copy)]
pub struct Order {
    amount: u64,
    tier: u64,
}

impl Order {
    /// An order that row `row` is there for.
    pub fn for_row(row: u64) -> Self {
        Self { amount: row * WIDTH + 37, tier: row % TIERS }
    }

    /// As the input of a decision.
    pub fn json(self) -> Value {
        json!({ "amount": self.amount, "customer": { "tier": tier(self.tier) } })
    }
}

impl FeeTable {
    /// The whole decision: an input, the table, an output.
    pub fn model(self) -> Value {
        let mut content = json!({
            "hitPolicy": "first",
            "inputs": [
                { "id": "tier", "name": "Tier", "field": "customer.tier" },
                { "id": "amount", "name": "Amount", "field": "amount" },
            ],
            "outputs": [
                { "id": "rule", "name": "Rule", "field": "rule" },
                { "id": "fee", "name": "Fee", "field": "fee" },
            ],
        });
        content["rules"] = (0..self.rows).map(rule).collect();
        path([node("table", "decisionTableNode", content)].into_iter())
    }

    /// The row that hits and its fee, found by looking at each row; `None` where no row is for this order.
    pub fn answer(self, order: Order) -> Option<(u64, u64)> {
        let row = (0..self.rows).find(|row| {
            let amounts = row * WIDTH..(row + 1) * WIDTH;
            row % TIERS == order.tier && amounts.contains(&order.amount)
        })?;
        Some((row, order.amount * factor(row) + row))
    }

    /// The same as a decision returns it.
    pub fn answer_json(self, order: Order) -> Value {
        match self.answer(order) {
            Some((row, fee)) => json!({ "rule": row, "fee": fee }),
            None => json!({}),
        }
    }

    /// The content holds this table and nothing else, cell by cell.
    pub fn check(self, content: &DecisionContent) -> Result<(), Failure> {
        Failure::unless_equal("nodes and edges", (content.nodes.len(), content.edges.len()), (3, 2))?;
        let DecisionNodeKind::DecisionTableNode { content: table } = &content.nodes[1].kind else {
            return Err(Failure::WrongAnswer("the second node is no table".into()));
        };
        Failure::unless_equal("inputs and outputs", (table.inputs.len(), table.outputs.len()), (2, 2))?;
        Failure::unless_equal("rows", table.rules.len() as u64, self.rows)?;
        for (row, seen) in (0..).zip(&table.rules) {
            let cells = cells(row);
            Failure::unless_equal(&format!("cells of row {row}"), seen.len(), cells.len())?;
            for (column, cell) in cells {
                let what = format!("{column} of row {row}");
                Failure::unless_equal(&what, seen.get(column), Some(&cell))?;
            }
        }
        Ok(())
    }
}

fn rule(row: u64) -> Value {
    cells(row).into_iter().map(|(column, cell)| (column.to_string(), Value::String(cell))).collect()
}

/// The cells of a row. All are expressions; the two inputs are tests of what their column is about.
fn cells(row: u64) -> [(&'static str, String); 5] {
    [
        ("_id", format!("r{row}")),
        ("tier", format!("\"{}\"", tier(row % TIERS))),
        ("amount", format!("[{}..{})", row * WIDTH, (row + 1) * WIDTH)),
        ("rule", row.to_string()),
        ("fee", format!("amount * {} + {row}", factor(row))),
    ]
}

fn factor(row: u64) -> u64 {
    row % 7 + 1
}

fn tier(number: u64) -> String {
    format!("tier-{number}")
}
