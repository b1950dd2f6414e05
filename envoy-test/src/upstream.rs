//! An upstream that notes what reaches it, over HTTP/1.1 and HTTP/2.
//!
//! Must not know what should. Answers each request with its own body, so that a client sees what became of it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::BodyExt;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::client::Pieces;

/// A request as it arrived whole.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The method and the path with its query.
    pub line: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// The trailers, if there were any.
    pub trailers: Option<HeaderMap>,
}

/// A running upstream.
pub struct Upstream {
    /// Where it listens.
    pub address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    seen: Mutex<Vec<Seen>>,
    /// Whether to answer with an empty message in place of the request's own body.
    is_plain: bool,
    keeps: bool,
}

impl Upstream {
    /// One that answers with what it got.
    pub async fn start() -> Self {
        Self::new(false, true).await
    }

    /// One that answers as a receiver of OTLP does.
    pub async fn plain() -> Self {
        Self::new(true, true).await
    }

    /// One that notes nothing, for many requests.
    pub async fn forgetful() -> Self {
        Self::new(false, false).await
    }

    async fn new(is_plain: bool, keeps: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        let address = listener.local_addr().expect("it has an address");
        let state = Arc::new(State { seen: Mutex::default(), is_plain, keeps });
        let shared = state.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = shared.clone();
                tokio::spawn(async move {
                    let service = service_fn(move |request| answer(request, state.clone()));
                    let mut builder = Builder::new(TokioExecutor::new());
                    builder.http2().initial_stream_window_size(1 << 24).initial_connection_window_size(1 << 24);
                    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Self { address, state, task }
    }

    /// What has arrived since this was last asked.
    pub fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut self.state.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A request that is cut off on its way is none that arrived.
async fn answer(request: Request<Incoming>, state: Arc<State>) -> Result<Response<Pieces>, hyper::Error> {
    let (parts, body) = request.into_parts();
    let collected = body.collect().await?;
    let trailers = collected.trailers().cloned();
    let body = collected.to_bytes();
    if state.keeps {
        let line = format!("{} {}", parts.method, parts.uri.path_and_query().map_or("", |path| path.as_str()));
        let seen = Seen { line, headers: parts.headers.clone(), body: body.to_vec(), trailers };
        state.seen.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
    }
    let is_grpc = parts.version == Version::HTTP_2;
    let content_type = parts.headers.get("content-type").cloned();
    let mut response = Response::builder();
    if let Some(content_type) = content_type {
        response = response.header("content-type", content_type);
    }
    let body = match (state.is_plain, is_grpc) {
        (false, _) => body,
        (true, true) => Bytes::from_static(&[0; 5]),
        (true, false) => Bytes::new(),
    };
    let body = if is_grpc {
        let mut trailers = HeaderMap::new();
        trailers.insert("grpc-status", hyper::header::HeaderValue::from_static("0"));
        Pieces::with_trailers(body, trailers)
    } else {
        Pieces::whole(body)
    };
    Ok(response.body(body).expect("a response"))
}
