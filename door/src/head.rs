//! The head of a request: does it bring logs, in which protocol, and how is its body coded?
//!
//! Must not know what a host does with the answer. Keeps I2: what is missing, given twice, listed, or not on a short list is
//! refused; a path that a server might read as one of ours, and that is written otherwise, is no other path.

use alloc::string::String;
use alloc::vec::Vec;

use crate::refusal::{Class, Refusal};

/// The path of OTLP/gRPC.
const GRPC_PATH: &str = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";

/// How a batch is carried, which is also how its sender is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// OTLP/gRPC: protobuf in one frame.
    Grpc,
    /// OTLP/HTTP in JSON.
    Json,
    /// OTLP/HTTP in protobuf.
    Protobuf,
}

/// How the bytes of a body, or of a gRPC message, are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// In gzip.
    Gzip,
    /// As they are.
    Identity,
}

/// How a request brings logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// How its batch is carried.
    pub protocol: Protocol,
    /// How its body is coded; in gRPC, how a frame is that says that it is compressed.
    pub coding: Coding,
}

impl Request {
    /// The content type that goes on, whatever parameters came.
    pub fn content_type(&self) -> &'static str {
        match self.protocol {
            Protocol::Grpc => "application/grpc",
            Protocol::Json => "application/json",
            Protocol::Protobuf => "application/x-protobuf",
        }
    }
}

/// What a request brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried<'r> {
    /// Logs, under this path: as the host was told it, and without a query.
    Logs(&'r str, Request),
    /// Something else.
    Other(Other),
}

/// A request that is not for logs: other signals, other services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other {
    /// How its sender is to be answered.
    pub protocol: Protocol,
    /// The answer, where nothing else is asked for.
    pub refusal: Refusal,
    /// Whether the path is written so plainly that no server takes it for one of the paths of logs.
    pub is_plain: bool,
}

/// The paths under which logs come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routes {
    paths: Vec<String>,
}

impl Default for Routes {
    /// `/v1/logs`, and the path of OTLP/gRPC.
    fn default() -> Self {
        Self { paths: Vec::from(["/v1/logs".into()]) }
    }
}

impl Routes {
    /// Paths of OTLP/HTTP in place of `/v1/logs`; nothing where one is not plain: letters, digits, `-`, `_` and single
    /// dots between single slashes.
    pub fn new(paths: Vec<String>) -> Option<Self> {
        let are_plain = paths.iter().all(|path| path.len() > 1 && !path.ends_with('/') && is_plain(path.as_bytes()));
        are_plain.then_some(Self { paths })
    }

    /// Reads a head. `target` is the path with its query; the headers are all that there are, names in any case.
    pub fn read<'r, 'h>(
        &'r self,
        method: &[u8],
        target: &[u8],
        headers: impl Iterator<Item = (&'h [u8], &'h [u8])> + Clone,
    ) -> Result<Carried<'r>, (Protocol, Refusal)> {
        let only = |name| only(headers.clone(), name);
        let content_type = only("content-type");
        let protocol = content_type.ok().flatten().and_then(protocol);
        // Who is not understood is told in JSON, which a person can read.
        let speaks = protocol.unwrap_or(Protocol::Json);
        let refuse = |class, message| (speaks, Refusal::new(class, message));
        let path = target.split(|byte| *byte == b'?').next().unwrap_or_default();
        let known = self.paths.iter().map(String::as_str).find(|known| known.as_bytes() == path);
        let Some(path) = known.or((path == GRPC_PATH.as_bytes()).then_some(GRPC_PATH)) else {
            let refusal = Refusal::new(Class::Path, "only logs pass here, and this is not a path of theirs");
            return Ok(Carried::Other(Other { protocol: speaks, refusal, is_plain: self.is_another(path) }));
        };
        if method != b"POST" {
            return Err(refuse(Class::Method, "logs are sent with POST"));
        }
        content_type.map_err(|()| refuse(Class::Unsupported, "there are two content types; send one"))?;
        let Some(protocol) = protocol else {
            return Err(refuse(
                Class::Unsupported,
                "the content type is none of application/x-protobuf, application/json, application/grpc",
            ));
        };
        if (protocol == Protocol::Grpc) != (path == GRPC_PATH) {
            return Err(refuse(Class::Unsupported, "gRPC has a path of its own, and so has HTTP"));
        }
        let (of_body, of_frame) = (only("content-encoding"), only("grpc-encoding"));
        let coding = |value: Result<Option<&[u8]>, ()>| match value {
            Err(()) => None,
            Ok(None) => Some(Coding::Identity),
            Ok(Some(value)) if value.eq_ignore_ascii_case(b"identity") => Some(Coding::Identity),
            Ok(Some(value)) if value.eq_ignore_ascii_case(b"gzip") => Some(Coding::Gzip),
            Ok(Some(_)) => None,
        };
        let (Some(of_body), Some(of_frame)) = (coding(of_body), coding(of_frame)) else {
            return Err(refuse(Class::Unsupported, "the encoding is neither identity nor gzip, or there are several"));
        };
        let coding = match protocol {
            // A gRPC message is coded inside its frame, and a body around the frames is nothing that gRPC has.
            Protocol::Grpc if of_body == Coding::Gzip => {
                return Err(refuse(Class::Unsupported, "gRPC has grpc-encoding, and no content-encoding"));
            }
            Protocol::Grpc => of_frame,
            Protocol::Json | Protocol::Protobuf => of_body,
        };
        Ok(Carried::Logs(path, Request { protocol, coding }))
    }

    /// Whether no server reads the path as one of ours: it has nothing to decode, to fold or to cut off.
    fn is_another(&self, path: &[u8]) -> bool {
        let trimmed = path.strip_suffix(b"/").unwrap_or(path);
        let ours = self.paths.iter().map(String::as_str).chain([GRPC_PATH]);
        is_plain(path) && ours.into_iter().all(|known| !known.as_bytes().eq_ignore_ascii_case(trimmed))
    }
}

/// The value of a header that may stand once; an error where it stands twice, or is a list.
fn only<'h>(headers: impl Iterator<Item = (&'h [u8], &'h [u8])>, name: &str) -> Result<Option<&'h [u8]>, ()> {
    let mut found = None;
    for (_, value) in headers.filter(|(header, _)| crate::folded(header).eq(name.bytes())) {
        if found.is_some() || value.contains(&b',') {
            return Err(());
        }
        found = Some(value.trim_ascii());
    }
    Ok(found)
}

/// The protocol of a content type. Parameters say nothing about any of them; how JSON is encoded, its reader holds.
fn protocol(content_type: &[u8]) -> Option<Protocol> {
    let essence = content_type.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    let known: [(&[u8], Protocol); 4] = [
        (b"application/x-protobuf", Protocol::Protobuf),
        (b"application/json", Protocol::Json),
        (b"application/grpc", Protocol::Grpc),
        (b"application/grpc+proto", Protocol::Grpc),
    ];
    known.into_iter().find(|(name, _)| essence.eq_ignore_ascii_case(name)).map(|(_, protocol)| protocol)
}

/// Whether a path reads the same to everybody.
fn is_plain(path: &[u8]) -> bool {
    let is_character = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(byte);
    // One slash may stand at the end, where nothing follows it.
    let mut segments = path.strip_suffix(b"/").unwrap_or(path).split(|byte| *byte == b'/').skip(1);
    path.starts_with(b"/")
        && path.iter().all(is_character)
        && segments.all(|segment| !segment.is_empty() && !segment.iter().all(|byte| *byte == b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'r>(
        routes: &'r Routes,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
    ) -> Result<Carried<'r>, (Protocol, Class)> {
        let headers = headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
        let carried = routes.read(method.as_bytes(), target.as_bytes(), headers);
        carried.map_err(|(protocol, refusal)| (protocol, refusal.class()))
    }

    fn logs(target: &str, headers: &[(&str, &str)]) -> Option<(Protocol, Coding)> {
        match read(&Routes::default(), "POST", target, headers) {
            Ok(Carried::Logs(_, Request { protocol, coding })) => Some((protocol, coding)),
            _ => None,
        }
    }

    /// Scenario: the heads that exporters send, in every case and with parameters.
    /// Guarantees: they are known for what they are.
    #[test]
    fn what_exporters_send_is_known() {
        let protobuf = ("content-type", "application/x-protobuf");
        assert_eq!(logs("/v1/logs", &[protobuf]), Some((Protocol::Protobuf, Coding::Identity)));
        let loud = [("Content-Type", "Application/JSON ; charset=UTF-8"), ("Content-Encoding", "GZIP")];
        assert_eq!(logs("/v1/logs?a=b", &loud), Some((Protocol::Json, Coding::Gzip)));
        assert_eq!(logs("/v1/logs", &[protobuf, ("content-encoding", "")]), None);
        let grpc = [("content-type", "application/grpc+proto"), ("grpc-encoding", "gzip")];
        assert_eq!(logs(GRPC_PATH, &grpc), Some((Protocol::Grpc, Coding::Gzip)));
        let own = Routes::new(Vec::from(["/otlp/v1/logs".into()])).unwrap();
        assert!(matches!(read(&own, "POST", "/otlp/v1/logs", &[protobuf]), Ok(Carried::Logs("/otlp/v1/logs", _))));
        assert!(matches!(read(&own, "POST", "/v1/logs", &[protobuf]), Ok(Carried::Other(_))));
    }

    /// Scenario: content types and encodings that are missing, given twice, listed, or not known.
    /// Guarantees: keeps I2: each is refused, and in words that its sender can read.
    #[test]
    fn what_is_not_understood_is_refused() {
        let routes = Routes::default();
        let protobuf = ("content-type", "application/x-protobuf");
        for headers in [
            &[][..],
            &[("content-type", "")],
            &[("content-type", "text/plain")],
            &[("content-type", "application/x-protobuf, application/json")],
            &[("content-type", "application/x-protobufs")],
            &[protobuf, ("Content_Type", "application/json")],
            &[protobuf, ("content-encoding", "gzip, gzip")],
            &[protobuf, ("content-encoding", "identity"), ("content-encoding", "gzip")],
            &[protobuf, ("content-encoding", "br")],
            &[protobuf, ("content-encoding", "deflate")],
            &[protobuf, ("content-encoding", "zstd")],
            &[("content-type", "application/grpc")],
            &[("content-type", "application/grpc-web+proto")],
        ] {
            let error = read(&routes, "POST", "/v1/logs", headers).unwrap_err();
            assert_eq!(error.1, Class::Unsupported, "{headers:?}");
        }
        let grpc = ("content-type", "application/grpc");
        for header in [("grpc-encoding", "snappy"), ("content-encoding", "gzip"), ("content-encoding", "br")] {
            let error = read(&routes, "POST", GRPC_PATH, &[grpc, header]).unwrap_err();
            assert_eq!(error, (Protocol::Grpc, Class::Unsupported));
        }
        assert_eq!(read(&routes, "POST", GRPC_PATH, &[protobuf]), Err((Protocol::Protobuf, Class::Unsupported)));
        for method in ["GET", "PUT", "post", "OPTIONS", "CONNECT", ""] {
            let error = read(&routes, method, "/v1/logs", &[("content-type", "application/json")]);
            assert_eq!(error, Err((Protocol::Json, Class::Method)), "{method}");
        }
    }

    /// Scenario: other paths; and ours, written so that a server behind may still read it as ours.
    /// Guarantees: the first may be let pass by a host whose operator wants that, the second may not.
    #[test]
    fn another_path_is_another_path_to_everybody() {
        let is_plain = |target: &str| match read(&Routes::default(), "POST", target, &[]) {
            Ok(Carried::Other(other)) => other.is_plain,
            other => panic!("{target}: {other:?}"),
        };
        let traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
        for plain in ["/", "/v1/traces", "/v1/metrics?x=%2f", "/v1/traces/", "/healthz", traces] {
            assert!(is_plain(plain), "{plain}");
        }
        for odd in [
            "/v1/logs/",
            "/V1/Logs",
            "//v1/logs",
            "/v1//logs",
            "/v1/./logs",
            "/x/../v1/logs",
            "/v1/%6cogs",
            "/v1%2flogs",
            "/v1/logs;a=b",
            "/v1/logs#a",
            "\\v1\\logs",
            "/v1/l\u{f6}gs",
            "v1/logs",
            "http://host/v1/logs",
            "",
            "*",
        ] {
            assert!(!is_plain(odd), "{odd}");
        }
        for path in ["", "/", "v1", "/v1/", "/v1//logs", "/v1/%6c", "/v1/logs?x", "/.."] {
            assert_eq!(Routes::new(Vec::from([path.into()])), None, "{path}");
        }
    }
}
