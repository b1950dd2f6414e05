//! A model that says what it was told to: the streaming API that Codex calls, as far as one session needs it.
//!
//! Must not know telemetry. The first request of a session is answered with a command, each further one with a sentence.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A running model.
pub struct Model {
    /// Where it listens.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Model {
    /// A model that has `command` run and then says `sentence`.
    ///
    /// # Panics
    ///
    /// Where there is no free port.
    pub async fn start(command: &'static str, sentence: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        let address = listener.local_addr().expect("it has an address");
        let asked = Arc::new(AtomicUsize::new(0));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let asked = asked.clone();
                tokio::spawn(async move {
                    let service = service_fn(move |request| answer(request, asked.clone(), command, sentence));
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service)
                        .await;
                });
            }
        });
        Self { address, task }
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    request: Request<Incoming>,
    asked: Arc<AtomicUsize>,
    command: &str,
    sentence: &str,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let is_asked = request.method() == "POST" && request.uri().path().ends_with("/responses");
    let _ = request.into_body().collect().await;
    if !is_asked {
        let mut response = Response::new(Full::new(Bytes::from_static(br#"{"error":{"message":"not found"}}"#)));
        *response.status_mut() = StatusCode::NOT_FOUND;
        return Ok(response);
    }
    let turn = asked.fetch_add(1, Ordering::Relaxed);
    let item = if turn == 0 {
        let arguments = json!({"cmd": command}).to_string();
        json!({"type": "function_call", "name": "exec_command", "arguments": arguments, "call_id": "call_FAKE"})
    } else {
        json!({"type": "message", "role": "assistant", "id": "msg_FAKE", "status": "completed",
            "content": [{"type": "output_text", "text": sentence, "annotations": []}]})
    };
    let usage = json!({"input_tokens": 4321, "input_tokens_details": {"cached_tokens": 1024}, "output_tokens": 87,
        "output_tokens_details": {"reasoning_tokens": 23}, "total_tokens": 4408});
    let id = format!("resp_FAKE{turn}");
    let events = [
        json!({"type": "response.created", "response": {"id": id, "object": "response", "status": "in_progress"}}),
        json!({"type": "response.output_item.added", "output_index": 0, "item": item}),
        json!({"type": "response.output_item.done", "output_index": 0, "item": item}),
        json!({"type": "response.completed",
            "response": {"id": id, "object": "response", "status": "completed", "output": [], "usage": usage}}),
    ];
    let text: String = events.iter().map(|event| format!("event: {}\ndata: {event}\n\n", kind(event))).collect();
    let mut response = Response::new(Full::new(text.into()));
    response.headers_mut().insert("content-type", "text/event-stream".parse().expect("a value"));
    Ok(response)
}

fn kind(event: &Value) -> &str {
    event["type"].as_str().unwrap_or_default()
}
