//! `expression/lex`: text to tokens.

use forgebench_measure::{Failure, Workload};
use mf_expression::lexer::Lexer;
use serde::Deserialize;

use super::source::{self, Source};

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    terms: usize,
}

/// The workload.
pub struct Lex {
    source: Source,
    /// Keeps the vector of its tokens, as an isolate's does.
    lexer: Lexer<'static>,
}

impl Workload for Lex {
    const ID: &'static str = "expression/lex";
    type Params = Params;
    type Input = ();
    type Output = usize;

    fn new(params: Params) -> Result<Self, Failure> {
        Ok(Self { source: source::sum(params.terms), lexer: Lexer::new() })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> usize {
        self.lexer.tokenize(self.source.text).expect("the text is an expression").len()
    }

    /// All tokens one after another are the text without its spaces, and each says where it stands.
    fn verify(&mut self, tokens: usize) -> Result<(), Failure> {
        Failure::unless_equal("number of tokens", tokens, self.source.tokens)?;
        let text = self.source.text;
        let tokens = self.lexer.tokenize(text).map_err(|e| Failure::WrongAnswer(e.to_string()))?;
        for token in tokens {
            let (start, end) = (token.span.0 as usize, token.span.1 as usize);
            Failure::unless_equal("text at a token's place", text.get(start..end), Some(token.value))?;
        }
        let joined: String = tokens.iter().map(|token| token.value).collect();
        let same = joined.replace(' ', "") == text.replace(' ', "");
        Failure::unless_equal("whether the tokens are the whole text", same, true)
    }
}
