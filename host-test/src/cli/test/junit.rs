//! Results of tests as JUnit's XML.
//!
//! Must not know how a case is run.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::Ran;
use crate::cli::screen::visible;

pub(super) fn print(suites: &[Ran], out: &mut impl Write) -> io::Result<()> {
    let mut report = Report::new("airlock test");
    for suite in suites {
        let mut shown = TestSuite::new(visible(&suite.name).into_owned());
        for case in &suite.cases {
            let mut status = TestCaseStatus::success();
            if !case.wrong.is_empty() {
                status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status.set_message(case.wrong.join("\n"));
            }
            let mut test = TestCase::new(visible(&case.name).into_owned(), status);
            test.set_classname(visible(&suite.name).into_owned()).set_time(case.took);
            shown.add_test_case(test);
        }
        report.add_test_suite(shown);
    }
    report.serialize(out).map_err(io::Error::other)
}
