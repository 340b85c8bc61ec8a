//! `expression/compile`: a syntax tree, or a whole text, to bytecode.

use bumpalo::Bump;
use forgebench_measure::{Failure, Workload};
use mf_expression::compiler::{Compiler, Opcode};
use mf_expression::expression::Standard;
use mf_expression::lexer::Lexer;
use mf_expression::parser::{Node, Parser};
use mf_expression::{Expression, compile_expression};
use serde::Deserialize;

use super::source::{self, Source};
use super::tree;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    from: From,
    terms: usize,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum From {
    /// What was parsed before: the compiler alone.
    Tree,
    /// What a program has: lexer, parser and compiler, all of them new.
    Text,
}

/// The workload.
pub struct Compile {
    from: From,
    source: Source,
    /// In an arena that is leaked, because the tree borrows it for as long as the launch lasts.
    root: &'static Node<'static>,
}

/// What was compiled, kept for the check and dropped outside the timed part.
pub enum Compiled {
    Alone(Compiler),
    Whole(Expression<Standard>),
}

impl Compiled {
    fn bytecode(&self) -> &[Opcode] {
        match self {
            Self::Alone(compiler) => compiler.get_bytecode(),
            Self::Whole(expression) => expression.bytecode(),
        }
    }
}

impl Workload for Compile {
    const ID: &'static str = "expression/compile";
    const HELD: usize = 8;
    type Params = Params;
    type Input = ();
    type Output = Compiled;

    fn new(params: Params) -> Result<Self, Failure> {
        let source = source::sum(params.terms);
        let arena: &'static Bump = Box::leak(Box::new(Bump::new()));
        let mut lexer = Lexer::new();
        let tokens = lexer.tokenize(source.text).map_err(Failure::setup)?;
        let result = Parser::try_new(tokens, arena).map_err(Failure::setup)?.standard().parse();
        result.error().map_err(Failure::setup)?;
        Ok(Self { from: params.from, source, root: result.root })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Compiled {
        match self.from {
            From::Tree => {
                let mut compiler = Compiler::new();
                compiler.compile(self.root).expect("the tree has no errors");
                Compiled::Alone(compiler)
            }
            From::Text => Compiled::Whole(compile_expression(self.source.text).expect("the text is an expression")),
        }
    }

    fn verify(&mut self, compiled: Compiled) -> Result<(), Failure> {
        let value = tree::value_of_bytecode(compiled.bytecode());
        Failure::unless_equal("value of the bytecode", value, Some(self.source.answer))
    }
}
