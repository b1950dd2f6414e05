//! The stages of the core, by the names that every API gives them.
//!
//! Must not know what a stage does.

/// A stage by its name in every API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// `inject_tenant`.
    InjectTenant,
    /// `normalise`.
    Normalise,
    /// `process`.
    Process,
    /// `redact`.
    Redact,
}

impl Stage {
    /// The stage's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::InjectTenant => "inject_tenant",
            Self::Normalise => "normalise",
            Self::Process => "process",
            Self::Redact => "redact",
        }
    }
}
