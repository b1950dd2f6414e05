//! Configurations of Envoy, in parts that a test puts together.
//!
//! Must not know what is tested. Ports are 0: the kernel gives them, and Envoy says which.

use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::FILTER;

/// What the examples say, in every listener.
pub const BUFFER_LIMIT: u64 = 32 << 20;

/// One Envoy.
pub struct Config {
    upstream: SocketAddr,
    listeners: Vec<Value>,
    more: Value,
}

impl Config {
    /// An Envoy in front of an upstream.
    pub fn new(upstream: SocketAddr) -> Self {
        Self { upstream, listeners: Vec::new(), more: json!({}) }
    }

    /// A listener with these filters before the router.
    #[must_use]
    pub fn listener(self, name: &str, filters: Vec<Value>) -> Self {
        self.listener_with(name, filters, |_| {})
    }

    /// The same, changed: what is given is the listener, whose first filter is the connection manager.
    #[must_use]
    pub fn listener_with(mut self, name: &str, mut filters: Vec<Value>, change: impl FnOnce(&mut Value)) -> Self {
        filters.push(extension("router", "envoy.extensions.filters.http.router.v3.Router", json!({})));
        let route = |prefix: &str, cluster: &str| json!({"match": {"prefix": prefix}, "route": {"cluster": cluster, "timeout": "30s"}});
        let manager = json!({
            "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
            "stat_prefix": name,
            "use_remote_address": true,
            "stream_idle_timeout": "10s",
            "http2_protocol_options": {"initial_stream_window_size": BUFFER_LIMIT, "initial_connection_window_size": BUFFER_LIMIT},
            "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"],
                "routes": [route("/opentelemetry.", "http2"), route("/", "http1")]}]},
            "http_filters": filters,
        });
        let mut listener = json!({
            "name": name,
            "address": address(([127, 0, 0, 1], 0).into()),
            "per_connection_buffer_limit_bytes": BUFFER_LIMIT,
            "filter_chains": [{"filters": [{"name": "http", "typed_config": manager}]}],
        });
        change(&mut listener);
        self.listeners.push(listener);
        self
    }

    /// Members beside the listeners.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.more[name] = value;
        self
    }

    /// The whole.
    pub fn build(self) -> Value {
        let mut config = self.more;
        config["admin"] = json!({"address": address(([127, 0, 0, 1], 0).into())});
        config["static_resources"] = json!({
            "listeners": self.listeners,
            "clusters": [cluster("http1", self.upstream, false), cluster("http2", self.upstream, true)],
        });
        config
    }
}

/// The filter under test, by the policy and what is said about Envoy.
pub fn filter(configuration: &Value) -> Value {
    filter_with(configuration, |_| {})
}

/// The same, changed: what is given is the plugin's `config`.
pub fn filter_with(configuration: &Value, change: impl FnOnce(&mut Value)) -> Value {
    let mut config = json!({
        "name": "airlock",
        "root_id": "airlock",
        "failure_policy": "FAIL_RELOAD",
        "configuration": {"@type": "type.googleapis.com/google.protobuf.StringValue", "value": configuration.to_string()},
        "vm_config": {"vm_id": "airlock", "runtime": "envoy.wasm.runtime.v8", "code": {"local": {"filename": FILTER}}},
    });
    change(&mut config);
    extension("airlock", "envoy.extensions.filters.http.wasm.v3.Wasm", json!({"config": config}))
}

/// The same where headers are held until the body is there.
pub fn holding_filter(configuration: &Value) -> Value {
    filter_with(configuration, |config| config["allow_on_headers_stop_iteration"] = json!(true))
}

/// Envoy's own decompressor of gzip.
pub fn decompressor() -> Value {
    let library = extension("gzip", "envoy.extensions.compression.gzip.decompressor.v3.Gzip", json!({}));
    let config = json!({
        "decompressor_library": library,
        "request_direction_config": {"common_config": {"ignore_no_transform_header": true}},
        "response_direction_config": {"common_config": {"enabled": {"default_value": false, "runtime_key": "off"}}},
    });
    extension("decompressor", "envoy.extensions.filters.http.decompressor.v3.Decompressor", config)
}

/// A named extension with its typed configuration.
pub fn extension(name: &str, kind: &str, mut config: Value) -> Value {
    config["@type"] = json!(format!("type.googleapis.com/{kind}"));
    json!({"name": name, "typed_config": config})
}

fn address(address: SocketAddr) -> Value {
    json!({"socket_address": {"address": address.ip().to_string(), "port_value": address.port()}})
}

fn cluster(name: &str, upstream: SocketAddr, is_http2: bool) -> Value {
    let protocol = if is_http2 { "http2_protocol_options" } else { "http_protocol_options" };
    json!({
        "name": name,
        "type": "STATIC",
        "connect_timeout": "5s",
        "per_connection_buffer_limit_bytes": BUFFER_LIMIT,
        "load_assignment": {"cluster_name": name,
            "endpoints": [{"lb_endpoints": [{"endpoint": {"address": address(upstream)}}]}]},
        "typed_extension_protocol_options": {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
            "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
            "explicit_http_config": {protocol: {}}}},
    })
}
