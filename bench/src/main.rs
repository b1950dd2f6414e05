//! Measures the core, natively and as the component, against decoding, editing and encoding by generated types.
//!
//! ```text
//! cargo run --release -p airlock-bench -- [FILTER…] [--rounds N] [--json FILE] [--record]
//! ```
//!
//! Every table asserts its answers before it takes time, and no time is asserted. A filter keeps the tables whose name
//! holds it: `mix`, `heavy`, `one`, `json`, `wire`, `default`, `memory`. `--record` files the figures under `bench/record`.
//!
//! Must not know how the core works. Keeps I4 in passing: the component's bytes are compared with the core's.

#[path = "../prost-edit/edit.rs"]
mod edit;

mod answers;
mod figures;
mod guest;
mod input;
mod job;
mod measure;
mod memory;
mod rows;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use airlock_host::{COMPONENT, Options, Runtime};

use figures::{Figures, Table};
use input::{Input, Inputs};
use job::Job;
use rows::Row;

/// What a run gives, or why it could not be carried out.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The version whose captures the batches are made of.
const CAPTURES: &str = "../tests/captures/0.169.0";

const USAGE: &str = "usage: airlock-bench [FILTER…] [--rounds N] [--json FILE] [--record]";

/// What the command line asks for.
struct Arguments {
    filters: Vec<String>,
    rounds: usize,
    json: Option<PathBuf>,
    record: bool,
}

fn main() -> ExitCode {
    match Arguments::parse(std::env::args().skip(1)).and_then(|arguments| run(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

impl Arguments {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self> {
        let mut arguments = Self { filters: Vec::new(), rounds: 101, json: None, record: false };
        while let Some(word) = words.next() {
            match word.as_str() {
                "--record" => arguments.record = true,
                "--json" => arguments.json = Some(words.next().ok_or(USAGE)?.into()),
                "--rounds" => {
                    let rounds = words.next().and_then(|number| number.parse().ok());
                    arguments.rounds = rounds.filter(|&rounds| rounds > 0).ok_or(USAGE)?;
                }
                _ if word.starts_with('-') => return Err(USAGE.into()),
                _ => arguments.filters.push(word),
            }
        }
        Ok(arguments)
    }

    fn wants(&self, name: &str) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| name.contains(filter.as_str()))
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inputs = Inputs::read(&folder.join(CAPTURES))?;
    let mut figures = Figures::of_this_machine(folder);
    print!("{}", figures.heading());
    for input in [&inputs.mix, &inputs.heavy, &inputs.one, &inputs.json_mix, &inputs.json_heavy, &inputs.json_one] {
        println!(
            "{:10} {} bytes, {} records, {:.0} bytes and {:.1} attributes a record: {}",
            input.name,
            input.bytes.len(),
            input.records,
            input.bytes_per_record(),
            input.attributes_per_record(),
            input.about
        );
    }
    let runtime = Arc::new(Runtime::new(COMPONENT, &Options::default())?);
    let tables = [
        (Job::WireEdit, &inputs.mix),
        (Job::WireEdit, &inputs.heavy),
        (Job::DefaultPolicy, &inputs.mix),
        (Job::DefaultPolicy, &inputs.heavy),
        (Job::DefaultPolicy, &inputs.one),
        (Job::WireEdit, &inputs.json_mix),
        (Job::DefaultPolicy, &inputs.json_mix),
        (Job::DefaultPolicy, &inputs.json_heavy),
        (Job::DefaultPolicy, &inputs.json_one),
    ];
    for (job, input) in tables {
        if arguments.wants(&format!("{}, {}", job.name(), input.name)) {
            let table = table(&runtime, job, input, arguments.rounds)?;
            print!("\n{table}");
            figures.tables.push(table);
        }
    }
    if arguments.wants("memory") {
        let memory = memory::run(COMPONENT, &inputs)?;
        println!("\n{memory}");
        figures.memory = Some(memory);
    }
    if let Some(path) = &arguments.json {
        std::fs::write(path, figures.json()).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    if arguments.record {
        println!("\nrecorded in {}", figures.record(&folder.join("record"))?.display());
    }
    Ok(())
}

fn table(runtime: &Arc<Runtime>, job: Job, input: &Input, rounds: usize) -> Result<Table> {
    let mut rows = Row::all(runtime, job, input.encoding)?;
    answers::compare(job, input, &mut rows)?;
    let timings = measure::interleaved(&mut rows, &input.bytes, rounds)?;
    Ok(Table { job: job.name(), input: input.name, bytes: input.bytes.len(), records: input.records, timings })
}
