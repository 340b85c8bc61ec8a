//! `macros/node`: the definition of a type of nodes, by `node!` and by hand.

use forgebench_measure::{Failure, Workload};
use mf_core::node::Node;
use mf_model::node_definition::NodeSpec;
use serde::Deserialize;

use super::written::{NAMES, Written, attributes, check_attributes, check_count, with_attributes};

const NAME: &str = "paragraph";
const ABOUT: &str = "A paragraph of text";
const CONTENT: &str = "text*";

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    written: Written,
    /// 1, 4 or 16.
    attributes: usize,
}

/// The workload.
pub struct MacroNode {
    params: Params,
}

impl Workload for MacroNode {
    const ID: &'static str = "macros/node";
    const HELD: usize = 128;
    type Params = Params;
    type Input = ();
    type Output = Node;

    fn new(params: Params) -> Result<Self, Failure> {
        check_count(params.attributes)?;
        Ok(Self { params })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Node {
        match self.params.written {
            Written::Macro => with_attributes!(self.params.attributes, mf_macro::node, NAME, ABOUT, CONTENT),
            Written::Hand => {
                let spec = NodeSpec {
                    content: Some(CONTENT.into()),
                    desc: Some(ABOUT.into()),
                    attrs: Some(attributes(&NAMES[..self.params.attributes])),
                    ..NodeSpec::default()
                };
                Node { name: NAME.into(), r#type: spec, top_node: false }
            }
        }
    }

    fn verify(&mut self, node: Node) -> Result<(), Failure> {
        Failure::unless_equal("name", node.name.as_str(), NAME)?;
        Failure::unless_equal("description", node.r#type.desc.as_deref(), Some(ABOUT))?;
        Failure::unless_equal("content", node.r#type.content.as_deref(), Some(CONTENT))?;
        let rest = (node.top_node, node.r#type.marks, node.r#type.group);
        Failure::unless_equal("what nobody asked for", rest, (false, None, None))?;
        check_attributes(node.r#type.attrs.as_ref(), &NAMES[..self.params.attributes])
    }
}
