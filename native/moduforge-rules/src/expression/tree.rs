//! What a syntax tree and bytecode of [`super::source::sum`] come to, worked out without the crate's machine.

use mf_expression::compiler::{FetchFastTarget, Opcode};
use mf_expression::functions::{FunctionKind, InternalFunction};
use mf_expression::lexer::{ArithmeticOperator, Operator};
use mf_expression::parser::Node;

use super::source::price;

/// `None` where the tree has anything that such a sum has not.
pub fn value(node: &Node) -> Option<i64> {
    match node {
        Node::Number(number) => number.to_string().parse().ok(),
        Node::Parenthesized(inner) => value(inner),
        Node::Member { node: Node::Identifier("item"), property: Node::String("price") } => Some(price()),
        Node::FunctionCall { kind: FunctionKind::Internal(InternalFunction::Len), arguments: [Node::String(text)] } => {
            Some(text.len() as i64)
        }
        Node::Binary { left, operator: Operator::Arithmetic(operator), right } => match operator {
            ArithmeticOperator::Add => Some(value(left)? + value(right)?),
            ArithmeticOperator::Multiply => Some(value(left)? * value(right)?),
            _ => None,
        },
        _ => None,
    }
}

enum Item<'a> {
    Number(i64),
    Text(&'a str),
}

/// The same for bytecode; `None` too where it leaves more or less than one number.
pub fn value_of_bytecode(bytecode: &[Opcode]) -> Option<i64> {
    let mut stack = Vec::new();
    for opcode in bytecode {
        let item = match opcode {
            Opcode::PushNumber(number) => Item::Number(number.to_string().parse().ok()?),
            Opcode::PushString(text) => Item::Text(text),
            Opcode::FetchFast(path) => Item::Number(fetched(path)?),
            Opcode::CallFunction { kind: FunctionKind::Internal(InternalFunction::Len), arg_count: 1 } => {
                let Item::Text(text) = stack.pop()? else { return None };
                Item::Number(text.len() as i64)
            }
            Opcode::Add | Opcode::Multiply => {
                let (Item::Number(right), Item::Number(left)) = (stack.pop()?, stack.pop()?) else { return None };
                Item::Number(if matches!(opcode, Opcode::Add) { left + right } else { left * right })
            }
            _ => return None,
        };
        stack.push(item);
    }
    match stack[..] {
        [Item::Number(number)] => Some(number),
        _ => None,
    }
}

fn fetched(path: &[FetchFastTarget]) -> Option<i64> {
    let [FetchFastTarget::Begin, FetchFastTarget::String(item), FetchFastTarget::String(key)] = path else {
        return None;
    };
    (item.as_ref() == "item" && key.as_ref() == "price").then_some(price())
}
