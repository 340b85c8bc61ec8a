//! Lets the napi command rebuild this crate when it asks for the types of its functions anew.

fn main() {
    napi_build::setup();
}
