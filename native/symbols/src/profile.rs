//! The profile model, the same as `src/profile/profile.ts` and with the same JSON.

use serde::{Deserialize, Serialize};

/// Where the code of a frame comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// JavaScript of the benchmark or of the code under test.
    User,
    /// JavaScript below a `node_modules` folder.
    NodeModules,
    /// JavaScript of forgebench's own worker.
    Forgebench,
    /// Node itself: JavaScript named `node:…`, and C++ of the node binary.
    Node,
    /// V8: interpreter, builtins, runtime.
    V8,
    /// V8's garbage collector.
    Gc,
    /// Rust, in an addon or a program.
    Rust,
    /// C and C++ outside node, such as a bundled `SQLite` or `libstdc++`.
    Native,
    /// The C library, the dynamic linker and the vDSO.
    Libc,
    /// The kernel.
    Kernel,
    /// An address that nothing names.
    Unknown,
}

/// One function in a stack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Demangled name without JIT tier and position, such as `mf_model::node::Node::new`.
    pub name: String,
    /// Where the code comes from.
    pub origin: Origin,
    /// Source file, or the library where only that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// For JavaScript the line of the definition, for native code the line seen most often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Column of a JavaScript function's definition in that line, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// `interpreted`, `baseline`, `maglev` or `optimised`, for JavaScript only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// True for a frame that the compiler inlined into its caller.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inlined: bool,
}

impl Frame {
    /// True for a function written in JavaScript, node's own included.
    pub fn is_javascript(&self) -> bool {
        self.tier.is_some() || matches!(self.origin, Origin::User | Origin::NodeModules | Origin::Forgebench)
    }
}

/// One distinct stack, and how often it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stack {
    /// Indices into [`Profile::frames`], root first.
    pub frames: Vec<u32>,
    /// What its samples stand for, in the unit of the profile.
    pub weight: u64,
    /// Samples that it stands for.
    pub samples: u64,
    /// Calls to an allocator that its samples stand for; only where allocations were sampled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<u64>,
}

/// What was seen of one thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The kernel's name of the thread.
    pub name: String,
    /// The kernel's id of the thread.
    pub id: i32,
    /// The kernel's id of its process.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<i32>,
    /// True for a thread that runs JavaScript.
    pub javascript: bool,
    /// Its distinct stacks, heaviest first.
    pub stacks: Vec<Stack>,
}

/// What a profiler saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// What saw it: `perf`, or `native` and `rust-alloc` for the samplers inside the process.
    pub engine: String,
    /// What weights count: `nanoseconds`, or `bytes` of allocations.
    pub unit: String,
    /// Of the unit, between two samples of a busy thread.
    pub interval: u64,
    /// Samples that had to be dropped; zero in a good recording.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lost: u64,
    /// Every distinct frame.
    pub frames: Vec<Frame>,
    /// The threads, those with JavaScript first.
    pub threads: Vec<Thread>,
}

impl Profile {
    /// Share of the samples on JavaScript threads, in `0..=1`, whose stack has a JavaScript frame.
    ///
    /// Samples whose stack could not be unwound count against it. `None` without any sample on
    /// such a thread.
    ///
    /// ```
    /// use forgebench_symbols::{Frame, Origin, Profile, Stack, Thread};
    ///
    /// let frame = |name: &str, origin| Frame {
    ///     name: name.into(), origin, file: None, line: None, column: None, tier: None, inlined: false,
    /// };
    /// let profile = Profile {
    ///     engine: "perf".into(), unit: "nanoseconds".into(), interval: 1_000_000, lost: 0,
    ///     frames: vec![frame("run", Origin::User), frame("malloc", Origin::Libc)],
    ///     threads: vec![Thread { name: "node".into(), id: 1, process: Some(1), javascript: true, stacks: vec![
    ///         Stack { frames: vec![0, 1], weight: 3_000_000, samples: 3, calls: None },
    ///         Stack { frames: vec![1], weight: 1_000_000, samples: 1, calls: None },
    ///     ] }],
    /// };
    /// assert_eq!(profile.javascript_caller_share(), Some(0.75));
    /// ```
    pub fn javascript_caller_share(&self) -> Option<f64> {
        let (mut with, mut all) = (0, 0);
        for stack in self.threads.iter().filter(|thread| thread.javascript).flat_map(|thread| &thread.stacks) {
            all += stack.samples;
            if stack.frames.iter().any(|&index| self.frames[index as usize].is_javascript()) {
                with += stack.samples;
            }
        }
        (all > 0).then(|| with as f64 / all as f64)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_the_words_of_the_typescript_model() {
        let profile = Profile {
            engine: "perf".into(),
            unit: "nanoseconds".into(),
            interval: 1_001_001,
            lost: 0,
            frames: vec![Frame {
                name: "run".into(),
                origin: Origin::NodeModules,
                file: None,
                line: None,
                column: None,
                tier: Some("optimised".into()),
                inlined: false,
            }],
            threads: vec![],
        };
        assert_eq!(
            serde_json::to_string(&profile).unwrap(),
            r#"{"engine":"perf","unit":"nanoseconds","interval":1001001,"frames":[{"name":"run","origin":"node_modules","tier":"optimised"}],"threads":[]}"#
        );
    }

    #[test]
    fn a_profile_without_javascript_threads_has_no_share() {
        let profile = Profile {
            engine: "perf".into(),
            unit: "nanoseconds".into(),
            interval: 1,
            lost: 0,
            frames: vec![],
            threads: vec![],
        };
        assert_eq!(profile.javascript_caller_share(), None);
    }
}
