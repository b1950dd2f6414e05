//! The exit code that the CLI writes around a shell tool's output.
//!
//! A tool prints what it likes, so the code is read by a grammar that is anchored at the start and ends at the line
//! `Output:`, behind which the tool's own text begins. Every line in between must be one that the CLI writes, in its
//! order; anything else, and anything cut short, has no code.
//!
//! ```text
//! 0.45, 0.53        {"output":"…","metadata":{"exit_code":3,"duration_seconds":0.0}}
//! 0.63 to 0.93      Exit code: 3 / Wall time: 0.1 seconds / [Total output lines: 9] / Output:
//! 0.98 on           [Command: …] / [Chunk ID: 0a1b2c] / Wall time: 0.0512 seconds /
//!                   Process exited with code 3 / [Original token count: 7] / Output:
//! ```
//!
//! Must not know which tool gave the output. Keeps I1 (no digit of the tool's own text is taken for the code) and I5
//! (one pass, no recursion).

use crate::codex::integer;

/// The exit code in the frame of `output`, if the frame is whole and has one.
pub fn exit_code(output: &[u8]) -> Option<i64> {
    if output.starts_with(b"{") { json_frame(output) } else { text_frame(output) }
}

fn text_frame(output: &[u8]) -> Option<i64> {
    let mut lines = output.split(|byte| *byte == b'\n');
    let mut line = lines.next()?;
    let code;
    if let Some(number) = line.strip_prefix(b"Exit code: ") {
        code = integer(number)?;
        wall_time(lines.next()?)?;
        line = lines.next()?;
        if let Some(number) = line.strip_prefix(b"Total output lines: ") {
            integer(number)?;
            line = lines.next()?;
        }
    } else {
        if let Some(command) = line.strip_prefix(b"Command: ") {
            ends_unquoted(command).then_some(())?;
            line = lines.next()?;
        }
        if let Some(id) = line.strip_prefix(b"Chunk ID: ") {
            (!id.is_empty() && id.iter().all(u8::is_ascii_alphanumeric)).then_some(())?;
            line = lines.next()?;
        }
        wall_time(line)?;
        code = integer(lines.next()?.strip_prefix(b"Process exited with code ")?)?;
        line = lines.next()?;
        if let Some(number) = line.strip_prefix(b"Original token count: ") {
            integer(number)?;
            line = lines.next()?;
        }
    }
    (line == b"Output:").then_some(code)
}

/// `Wall time: 0.0512 seconds`, with any number of digits.
fn wall_time(line: &[u8]) -> Option<()> {
    let number = line.strip_prefix(b"Wall time: ")?.strip_suffix(b" seconds")?;
    (!number.is_empty() && number.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')).then_some(())
}

/// Whether a shell command ends on its line. The CLI quotes arguments that hold a line break, so a command that goes on
/// in the next line leaves a quote open in this one, and what follows is the model's text, not the CLI's.
fn ends_unquoted(command: &[u8]) -> bool {
    let mut quote = None;
    let mut escaped = false;
    for byte in command {
        match (quote, byte) {
            _ if escaped => escaped = false,
            (None | Some(b'"'), b'\\') => escaped = true,
            (None, b'\'' | b'"') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    quote.is_none() && !escaped
}

/// The whole of `output` as one object whose `metadata` has an `exit_code`.
fn json_frame(output: &[u8]) -> Option<i64> {
    let mut json = Scanner { rest: output };
    let mut code = None;
    json.members(|key, value| {
        if key == b"metadata" {
            // Twice is once too often: which one counts is not ours to say.
            code.is_none().then_some(())?;
            code = Some(metadata(value)?);
            Some(())
        } else {
            value.scalar().map(|_| ())
        }
    })?;
    json.skip_white_space();
    json.rest.is_empty().then_some(code?)
}

fn metadata(json: &mut Scanner<'_>) -> Option<i64> {
    let mut code = None;
    json.members(|key, value| {
        let text = value.scalar()?;
        if key == b"exit_code" {
            code.is_none().then_some(())?;
            code = Some(integer(text)?);
        }
        Some(())
    })?;
    code
}

/// Reads objects of scalars, which is all that the frame is made of; any other value ends the reading.
struct Scanner<'a> {
    rest: &'a [u8],
}

impl<'a> Scanner<'a> {
    /// Calls `on` with each key (as written, without its quotes) and the scanner before its value, which it must read.
    fn members(&mut self, mut on: impl FnMut(&'a [u8], &mut Self) -> Option<()>) -> Option<()> {
        self.expect(b"{")?;
        loop {
            let key = self.string()?;
            self.expect(b":")?;
            on(key, self)?;
            match self.expect(b",") {
                Some(()) => {}
                None => return self.expect(b"}"),
            }
        }
    }

    /// The bytes of a string, a number or a literal; a string's with its quotes, so that it is never a number.
    fn scalar(&mut self) -> Option<&'a [u8]> {
        self.skip_white_space();
        let start = self.rest;
        if start.starts_with(b"\"") {
            let inner = self.string()?;
            return start.get(..inner.len() + 2);
        }
        let length = start.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
        let (scalar, rest) = start.split_at_checked(length)?;
        self.rest = rest;
        (!scalar.is_empty()).then_some(scalar)
    }

    fn string(&mut self) -> Option<&'a [u8]> {
        self.expect(b"\"")?;
        let mut escaped = false;
        let length = self.rest.iter().position(|byte| {
            let closes = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            closes
        })?;
        let (inner, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest.strip_prefix(b"\"")?;
        Some(inner)
    }

    fn expect(&mut self, token: &[u8]) -> Option<()> {
        self.skip_white_space();
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    fn skip_white_space(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, Option<i64>)]) {
        for (output, expected) in cases {
            assert_eq!(exit_code(output.as_bytes()), *expected, "{output:?}");
        }
    }

    #[test]
    fn the_json_frame() {
        check(&[
            (r#"{"output":"boom\n","metadata":{"exit_code":3,"duration_seconds":0.0}}"#, Some(3)),
            (r#"{"output":"","metadata":{"duration_seconds":1.5,"exit_code":-1}}"#, Some(-1)),
            (r#"{ "metadata" : { "exit_code" : 0 } , "output" : "\\\"}" } "#, Some(0)),
            // The tool prints a frame of its own.
            (
                r#"{"output":"\",\"metadata\":{\"exit_code\":0}}","metadata":{"exit_code":7,"duration_seconds":0.1}}"#,
                Some(7),
            ),
            (r#"{"output":"{\"metadata\":{\"exit_code\":0}}"}"#, None),
            (r#"{"output":{"metadata":{"exit_code":0}},"metadata":{"exit_code":1}}"#, None),
            // Cut, doubled, or not a whole number.
            ("{\"output\":\"line 1\\nli\n[... telemetry preview truncated ...]", None),
            (r#"{"output":"a","metadata":{"exit_code":3"#, None),
            (r#"{"output":"a","metadata":{"exit_code":3,"exit_code":4}}"#, None),
            (r#"{"metadata":{"exit_code":3},"metadata":{"exit_code":4}}"#, None),
            (r#"{"output":"a","metadata":{"exit_code":"3"}}"#, None),
            (r#"{"output":"a","metadata":{"exit_code":3.0}}"#, None),
            (r#"{"output":"a","metadata":{"exit_code":3}} tail"#, None),
            (r#"{"output":"a","metadata":{}}"#, None),
            ("{", None),
            ("{}", None),
            (r#"{"a"#, None),
            (r#"{"a\"#, None),
        ]);
    }

    #[test]
    fn the_text_frames() {
        check(&[
            ("Exit code: 3\nWall time: 0 seconds\nOutput:\nboom\n", Some(3)),
            ("Exit code: 0\nWall time: 0.1 seconds\nTotal output lines: 4000\nOutput:\nline 1\n", Some(0)),
            ("Exit code: 124\nWall time: 10 seconds\nOutput:", Some(124)),
            (
                "Chunk ID: 0a1b2c\nWall time: 0.0512 seconds\nProcess exited with code 3\n\
                 Original token count: 7\nOutput:\nboom\n",
                Some(3),
            ),
            ("Wall time: 0.0512 seconds\nProcess exited with code -1\nOutput:\n", Some(-1)),
            (
                "Command: /bin/bash -lc 'echo \"hi\"'\nChunk ID: 0a1b2c\nWall time: 0.0512 seconds\n\
                 Process exited with code 0\nOriginal token count: 7\nOutput:\nhi\n",
                Some(0),
            ),
        ]);
    }

    /// Scenario: the tool, or the command, prints lines that look like the frame's.
    /// Guarantees: only the CLI's own lines are read, and where they end is never the tool's choice (I1).
    #[test]
    fn a_tool_cannot_forge_its_code() {
        check(&[
            ("Wall time: 0.0000 seconds\nOutput:\nExit code: 0\nWall time: 0 seconds\nOutput:\nDone\n", None),
            ("Exit code: 3\nWall time: 0 seconds\nOutput:\nExit code: 0\nWall time: 0 seconds\nOutput:\n", Some(3)),
            (
                "Command: bash -lc 'true\nWall time: 0 seconds\nProcess exited with code 0\nOutput:\n\
                 '\nWall time: 1 seconds\nProcess exited with code 9\nOutput:\n",
                None,
            ),
            ("Command: bash -lc \"it\\\"s\nWall time: 0 seconds\nProcess exited with code 0\nOutput:\n", None),
            ("Chunk ID: 0a1b2c\nhello\nProcess exited with code 0\nOutput:\n", None),
            ("hello\nProcess exited with code 0\nOutput:\n", None),
            ("Script completed\nWall time 0.1 seconds\nOutput:\n\n{\"exit_code\":0}", None),
        ]);
    }

    #[test]
    fn a_cut_frame_has_no_code() {
        check(&[
            ("", None),
            ("Exit code: 3", None),
            ("Exit code: 3\nWall time: 0 seconds\nOut", None),
            ("Exit code: 1\n[... telemetry preview truncated ...]", None),
            (
                "Chunk ID: 0a1b2c\nWall time: 0.0512 seconds\nProcess exited with code 1\n\
                 [... telemetry preview truncated ...]",
                None,
            ),
            ("Chunk ID: 0a1b2c\nWall time: 0.0512 seconds\nProcess running with session ID 4\nOutput:\n", None),
            ("Exit code: 03\nWall time: 0 seconds\nOutput:\n", None),
            ("Exit code: 99999999999999999999\nWall time: 0 seconds\nOutput:\n", None),
            ("unsupported call: no_such_tool", None),
        ]);
    }
}
