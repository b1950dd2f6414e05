//! The command line: what can be asked, and how each answer ends.
//!
//! Must not know protobuf or WebAssembly. Keeps I1: what is printed is the host's own words, the core's errors (which
//! never quote a batch), what has gone through a policy, and, in the demo alone, a recorded session of made-up values.

mod batch;
mod bench;
mod check;
mod completions;
mod demo;
mod detectors;
mod dist;
mod encoding;
mod failure;
mod files;
mod inspect;
mod keys;
mod policy;
mod preview;
mod pseudonym;
mod run;
mod scan;
mod schema;
mod screen;
mod tenant;
mod test;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Asks the command line and answers it.
pub fn main() -> ExitCode {
    // clap itself ends the process for `--help`, with 0, and for a usage error, with 2.
    let arguments = Arguments::parse();
    arguments.color.write_global();
    let answer = match arguments.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Bench(arguments) => bench::bench(&arguments),
        Command::Check { policy, keys } => check::check(&policy, &keys),
        Command::Demo => demo::demo(),
        Command::Detectors(arguments) => detectors::list(&arguments),
        Command::Completions { shell } => completions::print(shell),
        Command::Dist { dir } => dist::write(&dir),
        Command::Inspect(arguments) => inspect::inspect(&arguments),
        Command::Key { command: KeyCommand::New { output } } => keys::new(&output),
        Command::Preview(arguments) => preview::preview(&arguments),
        Command::Pseudonym(arguments) => pseudonym::print(&arguments),
        Command::Scan(arguments) => scan::scan(&arguments),
        Command::Schema => schema::print(),
        Command::Test(arguments) => test::test(&arguments),
    };
    answer.map_or_else(|failure| failure.report(), |()| ExitCode::SUCCESS)
}

/// The last door that coding-agent telemetry passes before it leaves the building.
///
/// Takes OTLP log batches as Codex CLI sends them and masks what must not leave: prompts, tool arguments and output,
/// secrets, personal data. Fifteen months of Codex dialects become one schema on the way.
#[derive(Debug, Parser)]
#[command(name = "airlock", version, long_version = LONG_VERSION, after_help = EXAMPLES, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    color: colorchoice_clap::Color,
    #[command(subcommand)]
    command: Command,
}

const LONG_VERSION: &str =
    concat!(env!("CARGO_PKG_VERSION"), "\nairlock.component.wasm sha256:", env!("AIRLOCK_COMPONENT_SHA256"),);

const EXAMPLES: &str = "\
Examples:
  airlock demo                                      see it at work on a recorded session
  airlock run batch.binpb safe.binpb                mask a batch by the default policy
  airlock run --policy team.yaml - - <in >out       the same in a pipe, by your own policy
  airlock preview --policy team.yaml batch.binpb    what would it change? nothing is written
  airlock check team.yaml                           is the policy valid, and what does it do?
  airlock scan .                                    where do files hold secrets and personal data?
  airlock test policy-tests                         does it do what its own tests say?

Exit status: 0 done, 1 a file could not be read or written, 2 wrong usage or policy, 3 the batch
was refused. For scan, detectors and test 1 is an answer: something was found, none is
listed, a case failed.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure what a policy costs on a batch, natively and as the component
    Bench(bench::Arguments),
    /// Say whether a policy is valid, and what it does, in words
    #[command(after_help = "Example:\n  airlock check team.yaml")]
    Check {
        #[command(flatten)]
        keys: keys::KeyArguments,
        /// The policy: .yaml, .yml, .toml or .json
        policy: PathBuf,
    },
    /// Print completions for a shell
    #[command(after_help = "Example:\n  airlock completions bash >~/.local/share/bash-completion/completions/airlock")]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Replay a recorded Codex session and show it before and after
    #[command(after_help = "Example:\n  airlock demo")]
    Demo,
    /// List what the detectors know, with an example of each
    Detectors(detectors::Arguments),
    /// Write the artifacts that this binary embeds, with their SHA-256, into a folder
    #[command(after_help = "Example:\n  airlock dist --dir dist && (cd dist && sha256sum --check SHA256SUMS)")]
    Dist {
        /// The folder; it is made where it is missing
        #[arg(long, default_value = "dist")]
        dir: PathBuf,
    },
    /// Show a batch as a table, as it would leave
    Inspect(inspect::Arguments),
    /// Make keys
    #[command(after_help = "Example:\n  airlock key new team.key")]
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Show what a policy would change in a batch, and write nothing
    Preview(preview::Arguments),
    /// Print what a person or a machine is called in the output, to find their records
    #[command(after_help = PSEUDONYM_NOTES)]
    Pseudonym(pseudonym::PseudonymArguments),
    /// Process one OTLP log batch
    #[command(after_help = RUN_NOTES)]
    Run(RunArguments),
    /// Say where files and texts hold secrets and personal data
    Scan(scan::Arguments),
    /// Print the JSON Schema of policies, for editors
    #[command(after_help = SCHEMA_NOTES)]
    Schema,
    /// Run a policy's own tests
    Test(test::Arguments),
}

const SCHEMA_NOTES: &str = "\
An editor with a YAML language server reads it from a policy's first line:
  # yaml-language-server: $schema=./policy.schema.json

Example:
  airlock schema >policy.schema.json";

#[derive(Debug, Subcommand)]
enum KeyCommand {
    /// Make a key of 256 bits, for pseudonyms or as an API key; it is shown once and kept nowhere
    #[command(after_help = "Example:\n  airlock key new team.key")]
    New {
        /// Where it goes, mode 0600; - for standard output
        #[arg(value_name = "OUT", default_value = "-")]
        output: PathBuf,
    },
}

const PSEUDONYM_NOTES: &str = "\
One line for each key, and for each length that the policy asks for.

Examples:
  airlock pseudonym --key team=team.key email alice.smith@example.com
  airlock pseudonym --key new=new.key --key old=old.key --tenant acme host.name - <name.txt";

const RUN_NOTES: &str = "\
Without --encoding, the first byte tells: {, a space, a tab or CR is JSON; 0x0A, or no byte at
all, is protobuf; any other is refused. A refused batch leaves OUT as it was; the reason and its
offset go to standard error.

Where the policy has a section `tenant`, --header, --identity and --peer say what a gateway would
have known of the request, and a request that is not let in is refused like a batch.

Examples:
  airlock run batch.binpb safe.binpb
  airlock run --policy team.yaml --report counts.json batch.binpb safe.binpb
  airlock run --policy team.yaml --identity dns:acme.agents.corp.example batch.binpb safe.binpb
  curl -s https://collector.example/batch | airlock run - - >safe.binpb";

#[derive(Debug, clap::Args)]
struct RunArguments {
    /// The policy: .yaml, .yml, .toml or .json; without one, the safe default
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    keys: keys::KeyArguments,
    /// Let a policy with `shadow: true` try itself out: nothing is redacted, the report counts what would be
    #[arg(long)]
    allow_shadow: bool,
    /// How the batch is encoded; without it, its first byte tells
    #[arg(long, value_enum)]
    encoding: Option<EncodingName>,
    /// What processes the batch
    #[arg(long, value_enum, default_value_t = EngineName::Component)]
    engine: EngineName,
    /// Another component than the one that this binary embeds
    #[arg(long, value_name = "FILE")]
    plugin: Option<PathBuf>,
    #[command(flatten)]
    request: tenant::RequestArguments,
    /// Write the counts of what was done, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// The batch; - for standard input
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// Where it goes, written whole or not at all, mode 0600; - for standard output
    #[arg(value_name = "OUT")]
    output: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EncodingName {
    /// OTLP JSON
    Json,
    /// OTLP protobuf
    Protobuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EngineName {
    /// The WebAssembly component
    Component,
    /// The same core without WebAssembly
    Native,
}
