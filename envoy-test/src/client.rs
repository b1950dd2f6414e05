//! Clients: HTTP/1.1 and HTTP/2 with bodies in pieces and trailers, with TLS or without, and bytes as they are.
//!
//! Must not know what is sent. An answer is all of it, or an error.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{HeaderName, HeaderValue};
use hyper::{HeaderMap, Request};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

const PATIENCE: Duration = Duration::from_secs(30);

/// A body in pieces, perhaps with trailers.
pub struct Pieces {
    frames: VecDeque<Frame<Bytes>>,
    /// The length, where it is told beforehand.
    length: Option<u64>,
}

/// A request to be sent.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// Over HTTP/2.
    pub is_http2: bool,
    /// POST where nothing is said.
    pub method: String,
    /// The path and the query.
    pub path: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body: one piece is sent with its length, unless there are trailers; several are not.
    pub pieces: Vec<Vec<u8>>,
    /// Names and values behind the body.
    pub trailers: Vec<(String, String)>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// The trailers, or the headers where gRPC has no others.
    pub trailers: HeaderMap,
}

impl Call {
    /// A batch of OTLP/HTTP in protobuf.
    pub fn protobuf(body: impl Into<Vec<u8>>) -> Self {
        Self { path: "/v1/logs".into(), pieces: vec![body.into()], ..Self::default() }
            .header("content-type", "application/x-protobuf")
    }

    /// A batch of OTLP/HTTP in JSON.
    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self { path: "/v1/logs".into(), pieces: vec![body.into()], ..Self::default() }
            .header("content-type", "application/json")
    }

    /// A call of OTLP/gRPC; the body has its frame already.
    pub fn grpc(body: impl Into<Vec<u8>>) -> Self {
        Self { path: crate::GRPC_PATH.into(), pieces: vec![body.into()], is_http2: true, ..Self::default() }
            .header("content-type", "application/grpc")
            .header("te", "trailers")
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same with one more trailer.
    #[must_use]
    pub fn trailer(mut self, name: &str, value: &str) -> Self {
        self.trailers.push((name.into(), value.into()));
        self
    }

    /// The same over HTTP/2.
    #[must_use]
    pub fn http2(self) -> Self {
        Self { is_http2: true, ..self }
    }

    /// The same under another path.
    #[must_use]
    pub fn path(self, path: &str) -> Self {
        Self { path: path.into(), ..self }
    }

    /// The same with another body.
    #[must_use]
    pub fn with_body(self, body: &[u8]) -> Self {
        Self { pieces: vec![body.to_vec()], ..self }
    }

    /// The same by another method.
    #[must_use]
    pub fn method(self, method: &str) -> Self {
        Self { method: method.into(), ..self }
    }

    /// The same in pieces of a size, whose sum is not told.
    #[must_use]
    pub fn in_pieces(mut self, size: usize) -> Self {
        let whole = self.pieces.concat();
        self.pieces = whole.chunks(size).map(<[u8]>::to_vec).chain([Vec::new()]).collect();
        self
    }

    /// Sends it, and waits for the whole answer.
    ///
    /// # Errors
    ///
    /// Where the connection ends before that.
    pub async fn send(&self, to: SocketAddr) -> Result<Answer, String> {
        let stream = TcpStream::connect(to).await.map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        self.send_over(stream, "http", to).await
    }

    /// The same over TLS.
    ///
    /// # Errors
    ///
    /// Where the connection ends before that, or is not accepted.
    pub async fn send_tls(&self, to: SocketAddr, config: Arc<ClientConfig>) -> Result<Answer, String> {
        let stream = TcpStream::connect(to).await.map_err(|error| error.to_string())?;
        let name = ServerName::try_from("localhost").expect("a name");
        let stream = TlsConnector::from(config).connect(name, stream).await.map_err(|error| error.to_string())?;
        self.send_over(stream, "https", to).await
    }

    async fn send_over<S>(&self, stream: S, scheme: &str, to: SocketAddr) -> Result<Answer, String>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let request = self.request(scheme, to);
        let answered = async {
            let stream = TokioIo::new(stream);
            let response = if self.is_http2 {
                let (mut sender, connection) =
                    hyper::client::conn::http2::handshake(TokioExecutor::new(), stream).await?;
                tokio::spawn(connection);
                sender.send_request(request).await?
            } else {
                let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await?;
                tokio::spawn(connection);
                sender.send_request(request).await?
            };
            let (parts, body) = response.into_parts();
            let collected = body.collect().await?;
            let trailers = collected.trailers().cloned().unwrap_or_else(|| parts.headers.clone());
            let body = collected.to_bytes().to_vec();
            Ok::<Answer, hyper::Error>(Answer { status: parts.status.as_u16(), headers: parts.headers, body, trailers })
        };
        let answer = timeout(PATIENCE, answered).await.map_err(|_| "no answer".to_owned())?;
        answer.map_err(|error| format!("{error:?}"))
    }

    fn request(&self, scheme: &str, to: SocketAddr) -> Request<Pieces> {
        let is_told = self.pieces.len() < 2 && self.trailers.is_empty();
        let length = is_told.then(|| self.pieces.iter().map(|piece| piece.len() as u64).sum());
        let data = self.pieces.iter().filter(|piece| !piece.is_empty() || !is_told);
        let mut frames: VecDeque<Frame<Bytes>> = data.map(|piece| Frame::data(piece.clone().into())).collect();
        if !self.trailers.is_empty() {
            frames.push_back(Frame::trailers(map(&self.trailers)));
        }
        // HTTP/1.1 has the path alone.
        let uri = if self.is_http2 { format!("{scheme}://{to}{}", self.path) } else { self.path.clone() };
        let method = if self.method.is_empty() { "POST" } else { &self.method };
        let mut request = Request::new(Pieces { frames, length });
        *request.method_mut() = method.parse().expect("a method");
        *request.uri_mut() = uri.parse().expect("a path");
        *request.headers_mut() = map(&self.headers);
        if !self.is_http2 {
            request.headers_mut().insert("host", HeaderValue::from_static("collector.example"));
            let names: Vec<&str> = self.trailers.iter().map(|(name, _)| name.as_str()).collect();
            if !names.is_empty() {
                request.headers_mut().insert("trailer", names.join(", ").parse().expect("names"));
            }
        }
        request
    }
}

/// A connection of HTTP/1.1 that takes one request after another.
pub struct Connection {
    sender: hyper::client::conn::http1::SendRequest<Pieces>,
    to: SocketAddr,
}

impl Connection {
    /// Connects.
    ///
    /// # Panics
    ///
    /// Where nobody listens.
    pub async fn new(to: SocketAddr) -> Self {
        let stream = TcpStream::connect(to).await.expect("somebody listens");
        stream.set_nodelay(true).expect("a socket can be set");
        let (sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("it speaks HTTP");
        tokio::spawn(connection);
        Self { sender, to }
    }

    /// Sends a request; the status of its answer, once that is here whole.
    ///
    /// # Panics
    ///
    /// Where the connection ends before that.
    pub async fn send(&mut self, call: &Call) -> u16 {
        self.sender.ready().await.expect("the connection stays");
        let response = self.sender.send_request(call.request("http", self.to)).await.expect("there is an answer");
        let (parts, body) = response.into_parts();
        body.collect().await.expect("it is whole");
        parts.status.as_u16()
    }
}

impl Answer {
    /// The code and the message of gRPC.
    pub fn grpc(&self) -> (String, String) {
        let of = |name| self.trailers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        (of("grpc-status"), unescaped(&of("grpc-message")))
    }

    /// The message of a `google.rpc.Status`, in either encoding.
    pub fn message(&self) -> String {
        if let Ok(serde_json::Value::Object(status)) = serde_json::from_slice(&self.body) {
            return status["message"].as_str().unwrap_or_default().to_owned();
        }
        // A code in field 1, a message in field 2, whose length may take two bytes.
        let text = match self.body.as_slice() {
            [0x08, _, 0x12, length, text @ ..] if *length < 0x80 => text,
            [0x08, _, 0x12, _, _, text @ ..] => text,
            other => other,
        };
        String::from_utf8_lossy(text).into_owned()
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.frames.pop_front().map(Ok))
    }

    fn is_end_stream(&self) -> bool {
        self.frames.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map(SizeHint::with_exact).unwrap_or_default()
    }
}

impl Pieces {
    /// A body with trailers behind it.
    pub fn with_trailers(body: Bytes, trailers: HeaderMap) -> Self {
        Self { frames: [Frame::data(body), Frame::trailers(trailers)].into(), length: None }
    }

    /// A body of known length.
    pub fn whole(body: Bytes) -> Self {
        let length = Some(body.len() as u64);
        Self { frames: [Frame::data(body)].into(), length }
    }
}

/// Sends bytes as they are, ends the sending side where asked, and gives all that comes back until the other side ends or
/// falls silent.
///
/// # Panics
///
/// Where nobody listens.
pub async fn raw(to: SocketAddr, bytes: &[u8], ends: bool, patience: Duration) -> Vec<u8> {
    let mut stream = TcpStream::connect(to).await.expect("somebody listens");
    // Whoever is refused early may find the connection closed while it still sends.
    let _ = stream.write_all(bytes).await;
    if ends {
        let _ = stream.shutdown().await;
    }
    let mut answer = Vec::new();
    let _ = timeout(patience, stream.read_to_end(&mut answer)).await;
    answer
}

/// The body under a path, by GET; nothing where there is no answer.
pub async fn get(to: SocketAddr, path: &str) -> String {
    let call = Call { method: "GET".into(), path: path.into(), ..Call::default() };
    call.send(to).await.map(|answer| String::from_utf8_lossy(&answer.body).into_owned()).unwrap_or_default()
}

fn map(pairs: &[(String, String)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        let name: HeaderName = name.parse().expect("a name");
        map.append(name, HeaderValue::from_bytes(value.as_bytes()).expect("a value"));
    }
    map
}

/// What gRPC writes with `%`.
fn unescaped(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, behind @ ..] = rest {
        let digits =
            if *first == b'%' { behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok()) } else { None };
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => (bytes.push(byte), rest = &behind[2..]).1,
            None => (bytes.push(*first), rest = behind).1,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
