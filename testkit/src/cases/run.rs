//! Runs the case suite on a runner and says what differs.
//!
//! Must not know what a runner is: the native core, the component, a filter in a proxy. Holds I4 (the summaries of two
//! runners can be laid side by side, byte for byte) and I7 (every output is processed a second time).

use std::fmt::Write;
use std::path::Path;

use airlock::{Admission, Context, Keys};
use serde_json::Value as Json;

use super::{Case, Encoding, Expected, Stage, load};
use crate::json;
use crate::message::{self, Batch};
use crate::oracle::Oracle;
use crate::show::{diff, show, show_bytes};

/// Something that can process a batch.
pub trait Runner {
    /// What it is, for messages.
    fn name(&self) -> String;

    /// Opens the policy and runs one stage over the batch.
    ///
    /// # Errors
    ///
    /// The text of the refusal, of the batch or of the policy.
    fn run(&mut self, call: &Call<'_>, batch: &[u8]) -> Result<RunOutcome, String>;

    /// Opens the policy and asks whether a request is let in.
    ///
    /// # Errors
    ///
    /// The text of the refusal, of the request or of the policy.
    fn admit(&mut self, call: &Call<'_>, context: &Context<'_>) -> Result<Admission, String>;
}

/// What is asked of a runner, but for the batch.
#[derive(Clone, Copy, Debug)]
pub struct Call<'c> {
    /// The policy, JSON text.
    pub policy: &'c str,
    /// The keys that it is opened with.
    pub keys: &'c Keys,
    /// Whose batch it is.
    pub admission: &'c Admission,
    /// Which stage runs.
    pub stage: Stage,
    /// How the batch is encoded.
    pub encoding: Encoding,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing is left.
    Dropped,
    /// Other bytes take its place.
    Rewritten,
    /// It goes on as it came.
    Unchanged,
}

/// What a runner answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunOutcome {
    /// What became of the batch.
    pub verdict: Verdict,
    /// The bytes to forward; the input where `Unchanged`.
    pub batch: Vec<u8>,
    /// The report as JSON.
    pub report: String,
}

/// What one runner answered to one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The case.
    pub case: String,
    /// What the request was let in as.
    pub admission: Admission,
    /// What came of it.
    pub result: Result<RunOutcome, String>,
}

/// What a runner made of the suite.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Who ran.
    pub runner: String,
    /// What it answered, in the order of the suite.
    pub answers: Vec<Answer>,
    /// What was wrong, readably.
    pub failures: Vec<String>,
}

/// Runs every case of `dir`.
///
/// # Panics
///
/// Where the suite cannot be read, or is empty: a suite that runs nothing proves nothing.
pub fn run_all(dir: &Path, runner: &mut dyn Runner) -> Summary {
    let cases = load(dir).unwrap_or_else(|error| panic!("the case suite cannot be read: {error}"));
    assert!(!cases.is_empty(), "there is no case in {}", dir.display());
    let mut summary = Summary { runner: runner.name(), answers: Vec::new(), failures: Vec::new() };
    for case in cases {
        let (admission, result) = ask(&case, runner);
        let checked = check_admission(&case, &admission).and_then(|()| check(&case, &result));
        if let Err(wrong) = checked.and_then(|()| check_again(&case, &admission, &result, runner)) {
            summary.failures.push(format!("{} ({}): {wrong}", case.name, runner.name()));
        }
        summary.answers.push(Answer { case: case.name, admission, result });
    }
    summary
}

impl Summary {
    /// Prints what failed and stops there.
    ///
    /// # Panics
    ///
    /// Where a case failed.
    #[track_caller]
    pub fn assert_ok(&self) {
        let (failed, all) = (self.failures.len(), self.answers.len());
        assert!(failed == 0, "{failed} of {all} cases fail on {}\n\n{}", self.runner, self.failures.join("\n"));
    }

    /// Holds two runners against each other: the same verdict, bytes, report and error text for every case.
    ///
    /// # Panics
    ///
    /// At the first case that they answer differently.
    #[track_caller]
    pub fn assert_same(&self, other: &Summary) {
        assert_eq!(
            self.answers.len(),
            other.answers.len(),
            "{} and {} ran different suites",
            self.runner,
            other.runner
        );
        for (left, right) in self.answers.iter().zip(&other.answers) {
            assert!(
                left == right,
                "{}: {} and {} differ\n{}",
                left.case,
                self.runner,
                other.runner,
                diff(&render(&left.result), &render(&right.result))
            );
        }
    }
}

/// Asks about the request, if there is one, and then about the batch.
fn ask(case: &Case, runner: &mut dyn Runner) -> (Admission, Result<RunOutcome, String>) {
    let admission = match &case.request {
        None => Ok(case.admission.clone()),
        Some(request) => request.ask(|context| runner.admit(&case.call(&case.admission), context)),
    };
    match admission {
        Err(error) => (Admission::none(), Err(error)),
        Ok(admission) => {
            let result = runner.run(&case.call(&admission), &case.input);
            (admission, result)
        }
    }
}

fn check_admission(case: &Case, admission: &Admission) -> Result<(), String> {
    match &case.admits {
        Some(expected) if expected != admission => {
            Err(format!("the request is let in otherwise\n- {expected:?}\n+ {admission:?}\n"))
        }
        _ => Ok(()),
    }
}

fn check(case: &Case, result: &Result<RunOutcome, String>) -> Result<(), String> {
    let (verdict, batch): (Verdict, &[u8]) = match (&case.expected, result) {
        (Expected::AdmitError(expected) | Expected::Error(expected) | Expected::OpenError(expected), Err(got))
            if expected == got =>
        {
            return Ok(());
        }
        (Expected::ErrorSomewhere(expected), Err(got)) if *expected == without_offset(got) => return Ok(()),
        (Expected::Admission, _) => return Ok(()),
        (
            Expected::AdmitError(text)
            | Expected::Error(text)
            | Expected::ErrorSomewhere(text)
            | Expected::OpenError(text),
            _,
        ) => {
            return Err(format!("a refusal is expected\n{}", diff(&format!("{text}\n"), &render(result))));
        }
        (Expected::Dropped, _) => (Verdict::Dropped, &[]),
        (Expected::Output(bytes), _) => (Verdict::Rewritten, bytes),
        (Expected::Text(text), _) => (Verdict::Rewritten, text.as_bytes()),
        (Expected::Unchanged, _) => (Verdict::Unchanged, &case.input),
    };
    let got = result.as_ref().map_err(|error| format!("it is refused: {error}"))?;
    let is_exact = matches!(case.expected, Expected::Text(_) | Expected::Unchanged);
    if is_exact && batch != got.batch {
        return Err(format!("another batch comes out\n{}", diff(&written(case, batch), &written(case, &got.batch))));
    }
    if let Expected::Output(expected) = &case.expected {
        let expected = message::decode(expected)?;
        let read = read(case, &got.batch)?;
        if !message::same(&expected, &read) {
            return Err(format!("another batch comes out\n{}", diff(&show(&expected), &show(&read))));
        }
    }
    if case.encoding == Encoding::Json && verdict == Verdict::Rewritten {
        let oracle = Oracle::open(&case.policy)?;
        let (before, after) = (String::from_utf8_lossy(&case.input), String::from_utf8_lossy(&got.batch));
        json::check_but(&before, &after, oracle.tenant_attribute())?;
    }
    if verdict != got.verdict {
        return Err(format!("the verdict is {:?}, not {verdict:?}", got.verdict));
    }
    let report = serde_json::from_str(&got.report).map_err(|error| format!("the report is no JSON: {error}"))?;
    match &case.report {
        Some(expected) if !contains(&report, expected) => {
            Err(format!("the report lacks something\n- {expected}\n+ {}\n", got.report))
        }
        _ => Ok(()),
    }
}

/// What a batch means; what goes out has no members that nobody knows.
fn read(case: &Case, batch: &[u8]) -> Result<Batch, String> {
    match case.encoding {
        Encoding::Protobuf => message::decode(batch),
        Encoding::Json => {
            let read = json::read(batch)?;
            if matches!(case.stage, Stage::Process | Stage::Redact) && read.unknown > 0 {
                return Err("members that OTLP does not know come out".into());
            }
            Ok(read.batch)
        }
    }
}

/// A batch as a person reads it: JSON as it is.
fn written(case: &Case, batch: &[u8]) -> String {
    match case.encoding {
        Encoding::Json => String::from_utf8_lossy(batch).into_owned(),
        Encoding::Protobuf => show_bytes(batch),
    }
}

/// `KIND at byte N: REASON` without the place.
fn without_offset(error: &str) -> String {
    let parts = error.split_once(" at byte ").and_then(|(kind, rest)| Some((kind, rest.split_once(": ")?.1)));
    parts.map_or(error.to_owned(), |(kind, reason)| format!("{kind}: {reason}"))
}

/// Processes what came out once more: nothing may change (I7).
fn check_again(
    case: &Case,
    admission: &Admission,
    first: &Result<RunOutcome, String>,
    runner: &mut dyn Runner,
) -> Result<(), String> {
    let Ok(first) = first else { return Ok(()) };
    // Nothing is left to be sent, and nothing is no JSON.
    if first.verdict == Verdict::Dropped && case.encoding == Encoding::Json {
        return Ok(());
    }
    let second = runner.run(&case.call(admission), &first.batch);
    match second {
        Err(error) => Err(format!("its own output is refused: {error}")),
        Ok(second) if second.batch != first.batch => {
            let (first, second) = (written(case, &first.batch), written(case, &second.batch));
            Err(format!("a second pass changes it\n{}", diff(&first, &second)))
        }
        Ok(_) => Ok(()),
    }
}

/// Whether `whole` has every member that `part` has, at any depth.
fn contains(whole: &Json, part: &Json) -> bool {
    match (whole, part) {
        (Json::Object(whole), Json::Object(part)) => {
            part.iter().all(|(key, part)| whole.get(key).is_some_and(|whole| contains(whole, part)))
        }
        _ => whole == part,
    }
}

fn render(result: &Result<RunOutcome, String>) -> String {
    match result {
        Err(error) => format!("{error}\n"),
        Ok(outcome) => {
            let mut text = format!("{:?}\n{}report {}\n", outcome.verdict, show_bytes(&outcome.batch), outcome.report);
            for line in outcome.batch.chunks(32) {
                let digits: Vec<String> = line.iter().map(|byte| format!("{byte:02x}")).collect();
                writeln!(text, "{}", digits.join(" ")).expect("a String takes all");
            }
            text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::parse;

    /// Answers the same to everything.
    struct Fixed(Result<RunOutcome, String>);

    impl Runner for Fixed {
        fn name(&self) -> String {
            "fixed".into()
        }

        fn run(&mut self, _: &Call<'_>, _: &[u8]) -> Result<RunOutcome, String> {
            self.0.clone()
        }

        fn admit(&mut self, _: &Call<'_>, _: &Context<'_>) -> Result<Admission, String> {
            Ok(Admission::of("acme").expect("a tenant"))
        }
    }

    fn wrong(case: &str, answer: Result<RunOutcome, String>) -> String {
        let text = format!("about = 'x'\n[[case]]\nname = 'n'\n{case}");
        let case = parse("file", &text).expect("the case is right").remove(0);
        let mut runner = Fixed(answer);
        let (admission, result) = ask(&case, &mut runner);
        let checked = check_admission(&case, &admission).and_then(|()| check(&case, &result));
        checked.and_then(|()| check_again(&case, &admission, &result, &mut runner)).err().unwrap_or_default()
    }

    fn rewritten(batch: &[u8]) -> Result<RunOutcome, String> {
        Ok(RunOutcome { verdict: Verdict::Rewritten, batch: batch.to_vec(), report: r#"{"a":{"b":1,"c":2}}"#.into() })
    }

    #[test]
    fn a_right_answer_is_taken() {
        assert_eq!(wrong("input_hex = '0a00'\noutput = {}\nreport = {a = {b = 1}}", rewritten(&[0x0a, 0])), "");
        assert_eq!(wrong("input_hex = ''\nerror = 'no'", Err("no".into())), "");
        assert_eq!(wrong("context = {}\nadmits = {tenant = 'acme'}", Err("no batch".into())), "");
    }

    #[test]
    fn a_wrong_answer_is_told() {
        let output = "input_hex = ''\noutput = { records = [{}] }";
        assert!(wrong(output, rewritten(&[0x0a, 0])).contains("-     record (no event)"));
        assert_eq!(wrong(output, Err("no".into())), "it is refused: no");
        assert!(wrong("input_hex = ''\nerror = 'no'", Err("maybe".into())).contains("- no\n+ maybe"));
        assert!(wrong("input_hex = ''\nunchanged = true", rewritten(&[])).contains("the verdict is Rewritten"));
        let report = "input_hex = ''\noutput = {}\nreport = {a = {b = 3}}";
        assert!(wrong(report, rewritten(&[0x0a, 0])).contains("the report lacks something"));
        let admits = "context = {}\nadmits = {tenant = 'globex'}";
        assert!(wrong(admits, rewritten(&[])).contains("the request is let in otherwise"));
    }
}
