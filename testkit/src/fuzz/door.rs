//! Any head and any body at the door.
//!
//! Must not know how either is read. Holds I2: a request that passes says once what it is, and a path that is let by as
//! another is no spelling of ours; I5: no batch is over the bound; I6: a used opener answers as a new one.

use door::{Carried, Coding, Opener, Protocol, Request, Routes, folded};

/// The bound that bodies are opened with: small, so that inputs reach it.
const LIMIT: usize = 4096;

/// Splits the input at its first empty line: before it a method, a target and headers, a line each; behind it a body.
///
/// # Panics
///
/// Where an invariant does not hold.
pub fn door(data: &[u8]) {
    let end = data.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = end.map_or((data, &[][..]), |end| (&data[..end], &data[end + 2..]));
    let mut lines = head.split(|byte| *byte == b'\n');
    let (method, target) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let headers: Vec<(&[u8], &[u8])> = lines
        .filter_map(|line| line.iter().position(|byte| *byte == b':').map(|at| (&line[..at], &line[at + 1..])))
        .collect();
    let routes = Routes::default();
    match routes.read(method, target, headers.iter().copied()) {
        Ok(Carried::Logs(path, request)) => {
            let of = |name: &str| headers.iter().filter(|(header, _)| folded(header).eq(name.bytes())).count();
            assert_eq!(method, b"POST");
            assert_eq!(of("content-type"), 1, "a content type stands once");
            assert!(of("content-encoding") < 2 && of("grpc-encoding") < 2, "an encoding stands once");
            assert!(target.starts_with(path.as_bytes()));
            open(&request, body);
        }
        Ok(Carried::Other(other)) if other.is_plain => {
            let path = target.split(|byte| *byte == b'?').next().unwrap_or_default();
            let path = String::from_utf8(path.to_vec()).expect("what is plain is text").to_lowercase();
            let path = path.trim_end_matches('/');
            assert!(!path.contains(['%', ';', '\\', '#']) && !path.contains("//"), "{path:?} is not plain");
            assert_ne!(path, "/v1/logs", "a spelling of ours is no other path");
        }
        Ok(Carried::Other(_)) | Err(_) => {}
    }
    // Few heads are right, so a body is opened in every way besides.
    for (protocol, coding) in [
        (Protocol::Protobuf, Coding::Gzip),
        (Protocol::Json, Coding::Identity),
        (Protocol::Grpc, Coding::Gzip),
        (Protocol::Grpc, Coding::Identity),
    ] {
        open(&Request { protocol, coding }, body);
    }
}

fn open(request: &Request, body: &[u8]) {
    let mut opener = Opener::default();
    let first = opener.open(request, body, LIMIT).map(<[u8]>::to_vec);
    let again = opener.open(request, body, LIMIT).map(<[u8]>::to_vec);
    assert_eq!(first, again, "a used opener answers as a new one");
    if let Ok(batch) = first {
        assert!(batch.len() <= LIMIT, "{} bytes are over the bound", batch.len());
        if request.protocol == Protocol::Grpc {
            assert!(body.len() >= 5, "a message without its frame");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_requests_hold() {
        for ordinary in [
            "",
            "POST\n/v1/logs\ncontent-type:application/json\n\n{}",
            "GET\n/v1/traces/\n\n",
            "POST\n/v1/%6cogs\ncontent-type:application/x-protobuf\ncontent-encoding:gzip\n\n\u{1f}",
        ] {
            door(ordinary.as_bytes());
        }
    }
}
