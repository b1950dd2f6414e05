//! `airlock test`: a policy's own tests.
//!
//! Must not know what a case may say.

mod human;
mod junit;
mod tap;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use airlock::Keys;

use crate::cli::failure::Failure;
use crate::cli::keys::KeyArguments;
use crate::cli::policy;
use crate::native::Native;
use crate::suite::{self, Suite};

#[derive(Debug, clap::Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// The policy of suites that name none; without one, the safe default
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    keys: KeyArguments,
    /// How the results are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// A folder of suites, or one suite: .yaml, .yml, .toml or .json
    #[arg(value_name = "DIR")]
    suites: PathBuf,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// JUnit's XML, for build servers
    Junit,
    /// The Test Anything Protocol, version 14
    Tap,
}

const NOTES: &str = "\
A suite:
  policy: ../policies/team.yaml          # relative to this file
  cases:
    - name: a prompt leaves as its length
      record: { event: codex.user_prompt, attributes: { prompt: open the door } }
      expect:
        attributes: { prompt: '[redacted 13 chars]' }
        absent: [user.email]

In place of record: records, a list, with a resource beside them; or file, a recorded batch in either
encoding, as its first byte tells. expect has attributes, absent, body, for all records; events, the same by
event; resource, resource-absent; records, a number; unchanged, dropped; refused, the class of the
refusal or some of its words; nowhere, a list of texts that must not leave.

Where there are tenants, a case has a request: headers, a map of texts or of lists of them; identities, as
airlock run takes them; peer, an address. expect then has tenant; set-headers, a map; remove-headers. A
case may be about its request alone.

Exit status: 0 every case passed, 1 one failed, 2 a suite or a policy is wrong, or there is none.

Examples:
  airlock test policy-tests
  airlock test --format junit policy-tests >results.xml";

/// A suite's name and what became of its cases.
struct Ran {
    name: String,
    policy: String,
    cases: Vec<CaseRan>,
}

struct CaseRan {
    name: String,
    wrong: Vec<String>,
    took: Duration,
}

pub(super) fn test(arguments: &Arguments) -> Result<(), Failure> {
    let suites = suite::load(&arguments.suites).map_err(Failure::Usage)?;
    let keys = arguments.keys.read().map_err(Failure::not_an_answer)?;
    let ran: Vec<Ran> =
        suites.iter().map(|suite| run(suite, arguments.policy.as_deref(), &keys)).collect::<Result<_, _>>()?;
    let mut out = anstream::stdout().lock();
    match arguments.format {
        Format::Human => human::print(&ran, &mut out)?,
        Format::Junit => junit::print(&ran, &mut out)?,
        Format::Tap => tap::print(&ran, &mut out)?,
    }
    out.flush()?;
    let is_good = ran.iter().flat_map(|suite| &suite.cases).all(|case| case.wrong.is_empty());
    if is_good { Ok(()) } else { Err(Failure::No) }
}

fn run(suite: &Suite, default: Option<&Path>, keys: &Keys) -> Result<Ran, Failure> {
    let path = suite.policy.as_deref().or(default);
    let document = policy::read_or_default(path).map(policy::out_of_shadow).map_err(Failure::not_an_answer)?;
    let native = Native::open(&document, keys).map_err(|error| policy::refused(path, error))?;
    let cases = suite.cases.iter().map(|case| {
        let start = Instant::now();
        let wrong = case.run(&native);
        CaseRan { name: case.name.clone(), wrong, took: start.elapsed() }
    });
    Ok(Ran {
        name: suite.path.display().to_string(),
        policy: path.map_or_else(|| "the safe default".into(), |path| as_written(path, suite)),
        cases: cases.collect(),
    })
}

/// The policy's path as the suite has it, which is shorter than where that leads.
fn as_written(policy: &Path, suite: &Suite) -> String {
    let folder = suite.path.parent().unwrap_or(Path::new(""));
    policy.strip_prefix(folder).unwrap_or(policy).display().to_string()
}
