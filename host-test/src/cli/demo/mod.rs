//! `airlock demo`: a recorded Codex session through the component, before and after, for a person to read.
//!
//! Must not know the policy: it shows what the component did to the default one's session, whatever that is. The
//! recording holds made-up values only, which is why its content may be shown.

mod records;
mod tables;
mod throughput;

use std::io::Write;
use std::time::Duration;

use airlock::{Admission, Encoding, Keys};
use anstyle::Style;
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::failure::Failure;
use crate::cli::run::prepare;
use crate::embedded::{COMPONENT, COMPONENT_SHA256};
use crate::engine::Engine;
use crate::native::Native;

/// One session of Codex CLI 0.169, as its OTLP exporter sent it; every secret in it is made up.
const SESSION: &[u8] = include_bytes!("../../../../tests/captures/0.169.0/chatgpt-auth.binpb");

/// How long each engine is driven for its throughput.
const DRIVE: Duration = Duration::from_millis(1000);

const HEADING: Style = Style::new().bold();

pub(super) fn demo() -> Result<(), Failure> {
    let spinner = ProgressBar::new_spinner().with_message("preparing the component");
    spinner.enable_steady_tick(Duration::from_millis(100));
    let runtime = prepare(COMPONENT)?;
    let plugin = runtime.open("{}", &Keys::new())?;
    let outcome = plugin.process(SESSION, Encoding::Protobuf, &Admission::none())?;
    spinner.finish_and_clear();

    let before = records::decode(SESSION)?;
    let after = records::decode(outcome.bytes(SESSION))?;
    let mut out = anstream::stdout().lock();
    writeln!(
        out,
        "{HEADING}otlp-airlock{HEADING:#}: what an OTLP log backend would have received, and what it receives"
    )?;
    writeln!(
        out,
        "A recorded Codex CLI session of {} log records ({} bytes), through airlock.component.wasm ({} KiB,\n\
         sha256 {}…; it imports nothing, {} in {:.0} ms), by the default policy.",
        before.records,
        SESSION.len(),
        COMPONENT.len() / 1024,
        COMPONENT_SHA256.get(..12).unwrap_or_default(),
        if runtime.from_cache() { "loaded from the cache" } else { "compiled" },
        runtime.prepared_in().as_secs_f64() * 1e3,
    )?;
    for table in tables::before_after(&before, &after) {
        writeln!(out, "\n{HEADING}{}{HEADING:#}\n{}", table.title, table.body)?;
    }
    writeln!(
        out,
        "\n{HEADING}Report{HEADING:#}: what was done, counted; never a value\n{}",
        tables::report(&outcome.report)
    )?;

    writeln!(out, "\n{HEADING}Throughput{HEADING:#}: the session again and again for a second, on one core")?;
    let native = Native::open("{}", &Keys::new())?;
    let engines: [(&str, &dyn Engine); 2] = [("component", &plugin), ("native", &native)];
    for (name, engine) in engines {
        let bar = ProgressBar::new(DRIVE.as_millis() as u64).with_message(name);
        bar.set_style(style());
        let rate = throughput::drive(engine, SESSION, DRIVE, |elapsed| bar.set_position(elapsed.as_millis() as u64))?;
        bar.finish_and_clear();
        writeln!(
            out,
            "  {name:<10} {:>5.2} million records/s  {:>6.0} MB/s",
            rate.batches * before.records as f64 / 1e6,
            rate.batches * SESSION.len() as f64 / 1e6,
        )?;
    }
    writeln!(
        out,
        "\nNext: {HEADING}airlock run batch.binpb safe.binpb{HEADING:#}, or {HEADING}airlock --help{HEADING:#}"
    )?;
    Ok(out.flush()?)
}

fn style() -> ProgressStyle {
    // The template is fixed; where it could not be read, the default bar shows the same.
    ProgressStyle::with_template("  {msg:<10} [{bar:40}]").unwrap_or_else(|_| ProgressStyle::default_bar())
}
