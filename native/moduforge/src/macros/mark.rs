//! `macros/mark`: the definition of a type of marks, by `mark!` and by hand.

use forgebench_measure::{Failure, Workload};
use mf_core::mark::Mark;
use mf_model::mark_definition::MarkSpec;
use serde::Deserialize;

use super::written::{NAMES, Written, attributes, check_attributes, check_count, with_attributes};

const NAME: &str = "link";
const ABOUT: &str = "A link to another page";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    written: Written,
    /// 1, 4 or 16.
    attributes: usize,
}

/// The workload.
pub struct MacroMark {
    params: Params,
}

impl Workload for MacroMark {
    const ID: &'static str = "macros/mark";
    const HELD: usize = 128;
    type Params = Params;
    type Input = ();
    type Output = Mark;

    fn new(params: Params) -> Result<Self, Failure> {
        check_count(params.attributes)?;
        Ok(Self { params })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Mark {
        match self.params.written {
            Written::Macro => with_attributes!(self.params.attributes, mf_macro::mark, NAME, ABOUT),
            Written::Hand => {
                let spec = MarkSpec {
                    desc: Some(ABOUT.into()),
                    attrs: Some(attributes(&NAMES[..self.params.attributes])),
                    ..MarkSpec::default()
                };
                Mark { name: NAME.into(), r#type: spec }
            }
        }
    }

    fn verify(&mut self, mark: Mark) -> Result<(), Failure> {
        Failure::unless_equal("name", mark.name.as_str(), NAME)?;
        Failure::unless_equal("description", mark.r#type.desc.as_deref(), Some(ABOUT))?;
        let rest = (mark.r#type.excludes, mark.r#type.group, mark.r#type.spanning);
        Failure::unless_equal("what nobody asked for", rest, (None, None, None))?;
        check_attributes(mark.r#type.attrs.as_ref(), &NAMES[..self.params.attributes])
    }
}
