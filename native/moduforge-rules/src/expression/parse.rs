//! `expression/parse`: tokens to a syntax tree, which is then looked through for errors.

use std::cell::Cell;
use std::hint::black_box;

use bumpalo::Bump;
use forgebench_measure::{Failure, FigureValue, Workload};
use mf_expression::lexer::{ComparisonOperator, Lexer, LogicalOperator, Operator, Token};
use mf_expression::parser::{Node, Parser, ParserResult};
use serde::Deserialize;

use super::{source, tree};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    kind: Kind,
    terms: usize,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Standard,
    Unary,
}

/// The workload.
pub struct Parse {
    params: Params,
    answer: i64,
    tokens: Vec<Token<'static>>,
    arena: Bump,
}

impl Parse {
    /// Parses as an isolate does, into an arena that is used again.
    fn parse<T>(&mut self, look: impl FnOnce(&ParserResult) -> T) -> T {
        self.arena.reset();
        let parser = Parser::try_new(&self.tokens, &self.arena).expect("making a parser cannot fail");
        look(&match self.params.kind {
            Kind::Standard => parser.standard().parse(),
            Kind::Unary => parser.unary().parse(),
        })
    }
}

impl Workload for Parse {
    const ID: &'static str = "expression/parse";
    type Params = Params;
    type Input = ();
    type Output = bool;

    fn new(params: Params) -> Result<Self, Failure> {
        let (text, answer) = match params.kind {
            Kind::Standard => {
                let sum = source::sum(params.terms);
                (sum.text, sum.answer)
            }
            Kind::Unary => (source::list(params.terms), 0),
        };
        let tokens = Lexer::new().tokenize(text).map_err(Failure::setup)?.to_vec();
        Ok(Self { params, answer, tokens, arena: Bump::new() })
    }

    fn input(&mut self) {}

    /// Looking for errors is part of every parse: the crate leaves them in the tree.
    fn run(&mut self, (): ()) -> bool {
        self.parse(|result| result.error().is_ok())
    }

    fn verify(&mut self, sound: bool) -> Result<(), Failure> {
        Failure::unless_equal("whether it could be parsed", sound, true)?;
        let Params { kind, terms } = self.params;
        let answer = self.answer;
        self.parse(|result| match kind {
            Kind::Standard => Failure::unless_equal("value of the tree", tree::value(result.root), Some(answer)),
            Kind::Unary => compares_in_order(result.root, terms),
        })
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        let used = self.parse(|result| stack_of_a_walk(result.root));
        vec![FigureValue { name: "stack-per-term", value: used as f64 / self.params.terms as f64 }]
    }
}

/// The tree compares `$` with 'word 0', 'word 1' … 'word n - 1', joined by `or` from the left.
fn compares_in_order(root: &Node, terms: usize) -> Result<(), Failure> {
    let mut node = root;
    for k in (0..terms).rev() {
        let comparison = match node {
            Node::Binary { left, operator: Operator::Logical(LogicalOperator::Or), right } if k > 0 => {
                node = left;
                right
            }
            last => last,
        };
        let word = match comparison {
            Node::Binary {
                left: Node::Identifier("$"),
                operator: Operator::Comparison(ComparisonOperator::Equal),
                right: Node::String(word),
            } => Some(*word),
            _ => None,
        };
        Failure::unless_equal("word that is compared with", word, Some(format!("word {k}").as_str()))?;
    }
    Ok(())
}

/// Bytes of stack between here and the deepest level of a walk through the tree, by the addresses of locals.
fn stack_of_a_walk(root: &Node) -> usize {
    let outermost = 0_u8;
    let top = (&raw const outermost).addr();
    let lowest = Cell::new(top);
    root.walk(|_| {
        let local = 0_u8;
        lowest.set(lowest.get().min((&raw const *black_box(&local)).addr()));
    });
    top - lowest.get()
}
