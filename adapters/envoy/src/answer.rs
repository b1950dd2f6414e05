//! How a client is answered without anybody behind Envoy.
//!
//! Must not know why. Keeps I1: what is said was fixed beforehand, in the core, the door or the policy's own words.

use airlock::{AdmissionError, AdmissionErrorKind, BatchError, BatchErrorKind};
use door::{Class, Protocol, Refusal};
use proxy_wasm::hostcalls::{send_grpc_response, send_http_response};
use proxy_wasm::types::GrpcStatusCode;

/// Tells a client that its request goes no further.
pub fn refuse(protocol: Protocol, refusal: &Refusal) {
    let sent = if protocol == Protocol::Grpc {
        send_grpc_response(grpc_code(refusal.class()), Some(refusal.message()), Vec::new())
    } else {
        let (content_type, body) = refusal.body(protocol);
        let allow = (refusal.class() == Class::Method).then_some(("allow", "POST"));
        let headers = [("content-type", content_type)].into_iter().chain(allow).collect();
        send_http_response(u32::from(refusal.class().http_status()), headers, Some(&body))
    };
    // Where no answer can be sent, the request is stopped all the same.
    let _ = sent;
}

/// Tells a client that its request was taken, though it goes nowhere. gRPC has no such answer here: Envoy cannot make up
/// a message.
pub fn accept(protocol: Protocol) {
    let (content_type, body): (_, &[u8]) = match protocol {
        Protocol::Json => ("application/json", b"{}"),
        Protocol::Grpc | Protocol::Protobuf => ("application/x-protobuf", b""),
    };
    let _ = send_http_response(200, vec![("content-type", content_type)], Some(body));
}

/// Why a request was not let in.
pub fn of_admission(error: &AdmissionError) -> Refusal {
    let class = match error.kind() {
        AdmissionErrorKind::Missing => Class::Unauthenticated,
        AdmissionErrorKind::Unknown => Class::Unauthorised,
        // The kinds may grow; whatever is new is at least no request for this host.
        _ => Class::Malformed,
    };
    Refusal::told(class, error.to_string())
}

/// Why a batch was refused.
pub fn of_batch(error: &BatchError) -> Refusal {
    let class = match error.kind() {
        BatchErrorKind::LimitExceeded => Class::TooLarge,
        BatchErrorKind::RefusedByPolicy => Class::Policy,
        // What of an encoding is not read here is no other media type; and the kinds may grow.
        _ => Class::Malformed,
    };
    Refusal::told(class, error.to_string())
}

fn grpc_code(class: Class) -> GrpcStatusCode {
    match class.grpc_code() {
        3 => GrpcStatusCode::InvalidArgument,
        7 => GrpcStatusCode::PermissionDenied,
        8 => GrpcStatusCode::ResourceExhausted,
        12 => GrpcStatusCode::Unimplemented,
        16 => GrpcStatusCode::Unauthenticated,
        _ => GrpcStatusCode::Unavailable,
    }
}
