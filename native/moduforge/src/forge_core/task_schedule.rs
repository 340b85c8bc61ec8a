//! `core/task-schedule`: tasks go to the processor and their results come back.

use std::collections::VecDeque;

use async_trait::async_trait;
use forgebench_measure::{Failure, FigureValue, Workload};
use mf_core::{AsyncProcessor, ProcessorConfig, ProcessorError, TaskProcessor, TaskResult};
use serde::Deserialize;
use tokio::runtime::Runtime;
use tokio::sync::mpsc::Receiver;

use super::runtime;

/// The parameters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Tasks of an iteration.
    tasks: usize,
    /// Tasks that are under way at once; the processor itself runs at most 10.
    concurrency: usize,
}

/// Squares its task: next to nothing, so that what is measured is the way there and back.
struct Square;

#[async_trait]
impl TaskProcessor<u64, u64> for Square {
    async fn process(&self, task: u64) -> Result<u64, ProcessorError> {
        Ok(task * task)
    }
}

/// The workload.
pub struct TaskSchedule {
    params: Params,
    // Dropped before the threads that it runs on.
    processor: AsyncProcessor<u64, u64, Square>,
    runtime: Runtime,
    submitted: u64,
    lost: u64,
}

/// The answer to each task; `None` where the processor has dropped the task without a word.
type Answers = Vec<Option<u64>>;

async fn answer(mut results: Receiver<TaskResult<u64, u64>>) -> Option<u64> {
    results.recv().await.and_then(|result| result.output)
}

async fn schedule(processor: &AsyncProcessor<u64, u64, Square>, params: &Params) -> Answers {
    let mut answers = Vec::with_capacity(params.tasks);
    let mut under_way = VecDeque::with_capacity(params.concurrency);
    for task in 0..params.tasks as u64 {
        if under_way.len() == params.concurrency
            && let Some(oldest) = under_way.pop_front()
        {
            answers.push(answer(oldest).await);
        }
        let (_, results) = processor.submit_task(task, 0).await.expect("the processor runs");
        under_way.push_back(results);
    }
    for results in under_way {
        answers.push(answer(results).await);
    }
    answers
}

impl Workload for TaskSchedule {
    const ID: &'static str = "core/task-schedule";
    const HELD: usize = 1;
    type Params = Params;
    type Input = ();
    type Output = Answers;

    fn new(params: Params) -> Result<Self, Failure> {
        let runtime = runtime()?;
        let mut processor = AsyncProcessor::new(ProcessorConfig::default(), Square);
        runtime.block_on(processor.start()).map_err(Failure::setup)?;
        Ok(Self { params, processor, runtime, submitted: 0, lost: 0 })
    }

    fn input(&mut self) {}

    fn run(&mut self, (): ()) -> Answers {
        let answers = self.runtime.block_on(schedule(&self.processor, &self.params));
        self.submitted += self.params.tasks as u64;
        self.lost += answers.iter().filter(|answer| answer.is_none()).count() as u64;
        answers
    }

    /// What is answered is right. How much is not answered is a figure: the processor loses tasks.
    fn verify(&mut self, answers: Answers) -> Result<(), Failure> {
        Failure::unless_equal("tasks answered or lost", answers.len(), self.params.tasks)?;
        for (task, answer) in (0_u64..).zip(answers) {
            Failure::unless_equal(&format!("answer to task {task}"), answer.unwrap_or(task * task), task * task)?;
        }
        Failure::unless_equal("any task answered", self.lost < self.submitted, true)
    }

    fn operations(&self) -> u64 {
        self.params.tasks as u64
    }

    fn figures(&mut self) -> Vec<FigureValue> {
        vec![FigureValue { name: "lost", value: self.lost as f64 / self.submitted as f64 }]
    }
}
