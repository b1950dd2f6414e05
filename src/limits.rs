//! Every bound of the core, in one place, each with its reason.
//!
//! Must not know what the bounded things mean. Keeps I5: memory and time are bounded before they are spent.

/// A batch in decoded bytes. Codex has sent 1.2 MB of JSON in one request; sixteen times that is no telemetry.
pub const MAX_BATCH_BYTES: usize = 16 << 20;

/// Log records in one batch. Codex sends at most 512; the Collector's batch processor sends 8,192 by default.
pub const MAX_RECORDS: usize = 65_536;

/// Attributes of one record, resource, scope or map. The OpenTelemetry SDKs stop at 128.
pub const MAX_ATTRIBUTES: usize = 1_024;

/// Attributes that normalisation may add to a record beyond that, so that what it has written can be read again.
pub const MAX_ADDED_ATTRIBUTES: usize = 32;

/// Places of one record, resource or scope that are looked at: its attributes, its strings, and fields that no schema
/// names. A field of two bytes is a place too, so bytes alone do not bound them.
pub const MAX_PLACES: usize = 4_096;

/// Members and elements of one batch in JSON that can be edited: each is noted with where it lies. A batch of the largest
/// size in which each attribute has no more than a short name and a digit has half as many.
pub const MAX_JSON_PLACES: usize = 1 << 20;

/// Members of one JSON object that no schema names: each is compared with those before it.
pub const MAX_UNKNOWN_MEMBERS: usize = 64;

/// Nesting of an attribute's value: arrays and maps inside it. No Codex version nests at all.
pub const MAX_DEPTH: usize = 32;

/// Layers of JSON held in a string inside JSON held in a string. Codex's `arguments` reach two.
pub const MAX_JSON_LAYERS: usize = 3;

/// A single value that is looked into. A longer one is masked as a whole rather than refused with its batch: Codex
/// cuts tool output at 2 KiB by default and never sends a refused batch again.
pub const MAX_VALUE_BYTES: usize = 1 << 20;

/// `schema_url`, scope name and version, event name, severity text. The longest that Codex sends is 50 bytes.
pub const MAX_NAME_BYTES: usize = 256;

/// The policy document. A generated one with a thousand rules is 100 KB.
pub const MAX_POLICY_BYTES: usize = 1 << 20;
