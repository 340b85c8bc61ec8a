//! One expression for a host in JavaScript: the same as `expression/cache[terms=1]` evaluates natively.

use std::cell::RefCell;

use mf_expression::expression::Standard;
use mf_expression::vm::VM;
use mf_expression::{Expression, Isolate, Variable, compile_expression};
use serde_json::json;

const TEXT: &str = "item.price * 1";

struct Prepared {
    context: Variable,
    expression: Expression<Standard>,
    machine: VM,
    isolate: Isolate<'static>,
    latest: Variable,
}

thread_local! {
    static PREPARED: RefCell<Option<Prepared>> = const { RefCell::new(None) };
}

/// Compiles the expression, to be evaluated over an item of this price.
///
/// # Panics
///
/// Where the crate under test cannot compile it; that ends the launch, as it should.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(price: u32) {
    let context: Variable = json!({ "item": { "price": price } }).into();
    PREPARED.set(Some(Prepared {
        expression: compile_expression(TEXT).expect("the text is an expression"),
        machine: VM::new(),
        isolate: Isolate::with_environment(context.clone()),
        context,
        latest: Variable::Null,
    }));
}

/// Evaluates what was compiled.
///
/// # Panics
///
/// Where [`prepare`] was not called before.
#[unsafe(no_mangle)]
pub extern "C" fn precompiled() {
    evaluate(|prepared| {
        let result = prepared.expression.evaluate_with(prepared.context.clone(), &mut prepared.machine);
        result.expect("the context has an item")
    });
}

/// Evaluates the text in an isolate that is used again.
///
/// # Panics
///
/// Where [`prepare`] was not called before.
#[unsafe(no_mangle)]
pub extern "C" fn interpreted() {
    evaluate(|prepared| prepared.isolate.run_standard(TEXT).expect("the context has an item"));
}

/// What the latest evaluation came to; no number where there was none.
#[unsafe(no_mangle)]
pub extern "C" fn latest() -> f64 {
    PREPARED.with_borrow(|prepared| {
        let number = prepared.as_ref().and_then(|prepared| prepared.latest.as_number());
        number.and_then(|number| number.to_string().parse().ok()).unwrap_or(f64::NAN)
    })
}

fn evaluate(by: impl FnOnce(&mut Prepared) -> Variable) {
    PREPARED.with_borrow_mut(|prepared| {
        let prepared = prepared.as_mut().expect("the host has called prepare");
        prepared.latest = by(prepared);
    });
}

/// The name that getrandom looks for; every run hashes alike, which suits a measurement.
#[expect(clippy::unnecessary_wraps, reason = "getrandom calls it with this signature")]
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(destination: *mut u8, length: usize) -> Result<(), getrandom::Error> {
    // SAFETY: getrandom passes a buffer of this length that is its own.
    unsafe { destination.write_bytes(0x5a, length) };
    Ok(())
}
