//! `#[napi]` of napi-derive, but a panic in a function becomes an error of JavaScript.
//!
//! napi-derive leaves a function as it is unless it says `catch_unwind`: its panic reaches `extern "C"`, which ends the process of
//! Node.js. A function that was forgotten is not seen until then, so this attribute says it for all, and has
//! `forgebench_border::exported` word the error. `scripts/check-rooms.ts` sees to it that nobody names napi-derive's.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Block, ImplItem, Item, Meta, ReturnType, Signature, parse_macro_input, parse_quote};

/// As `napi_derive::napi`, with its options; for a function, an `impl` whose functions have the attribute, or a type.
#[proc_macro_attribute]
pub fn napi(options: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let mut item = parse_macro_input!(item as Item);
    let options = guard(&mut item, options.into());
    quote! {
        #[::napi_derive::napi(#options)]
        #item
    }
    .into()
}

/// Guards the functions of an item; returns the options that napi-derive takes for it.
fn guard(item: &mut Item, options: TokenStream) -> TokenStream {
    match item {
        Item::Fn(function) => {
            guard_body(&function.sig, &mut function.block);
            return with_catch(&options);
        }
        Item::Impl(block) => block.items.iter_mut().for_each(guard_method),
        _ => {}
    }
    options
}

/// Functions without the attribute are called by Rust alone.
fn guard_method(item: &mut ImplItem) {
    let ImplItem::Fn(method) = item else { return };
    let Some(attribute) = method.attrs.iter_mut().find(|attribute| attribute.path().is_ident("napi")) else { return };
    *attribute = caught(attribute);
    guard_body(&method.sig, &mut method.block);
}

fn caught(attribute: &Attribute) -> Attribute {
    let options = match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    let options = with_catch(&options);
    parse_quote!(#[napi(#options)])
}

/// `catch_unwind` catches what the conversions of arguments and results panic with, and what `exported` lets go on.
fn with_catch(options: &TokenStream) -> TokenStream {
    if options.is_empty() { quote!(catch_unwind) } else { quote!(catch_unwind, #options) }
}

fn guard_body(signature: &Signature, body: &mut Block) {
    let result = match &signature.output {
        ReturnType::Default => TokenStream::new(),
        output @ ReturnType::Type(..) => output.to_token_stream(),
    };
    *body = parse_quote!({ ::forgebench_border::exported(|| #result #body) });
}
