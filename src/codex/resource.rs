//! The attributes of the resource: what Codex sends, and what `OTEL_RESOURCE_ATTRIBUTES` commonly adds.
//!
//! The common ones are those of OpenTelemetry's semantic conventions for resources, by name. Anything else there is
//! unknown, since a client may set it to what it likes.
//!
//! Must not know tenants. Keeps I1 by its rows.

use super::Attribute;
use super::Shape::{Int, Text, Word};
use super::model::{NEVER_CAPTURED as NO, content, personal, safe};

/// The attributes of the resource.
pub static RESOURCE: &[Attribute] = &[
    safe("service.name", Word, "0.45.0"),
    safe("service.version", Word, "0.45.0"),
    safe("env", Word, "0.45.0").to("deployment.environment.name"),
    personal("host.name", "0.106.0"),
    safe("telemetry.sdk.language", Word, "0.45.0"),
    safe("telemetry.sdk.name", Word, "0.45.0"),
    safe("telemetry.sdk.version", Word, "0.45.0"),
    // Sent with metrics; listed because they are the same resource.
    safe("os", Text, "0.115.0"),
    safe("os_version", Text, "0.115.0"),
    // From here on: never sent by Codex itself.
    safe("cloud.account.id", Word, NO),
    safe("cloud.availability_zone", Word, NO),
    safe("cloud.platform", Word, NO),
    safe("cloud.provider", Word, NO),
    safe("cloud.region", Word, NO),
    safe("container.id", Word, NO),
    safe("container.image.name", Text, NO),
    safe("container.image.tag", Word, NO),
    safe("container.name", Word, NO),
    safe("deployment.environment", Word, NO),
    safe("deployment.environment.name", Word, NO),
    personal("device.id", NO),
    safe("host.arch", Word, NO),
    personal("host.id", NO),
    personal("host.ip", NO),
    personal("host.mac", NO),
    safe("host.type", Word, NO),
    safe("k8s.cluster.name", Word, NO),
    safe("k8s.container.name", Word, NO),
    safe("k8s.deployment.name", Word, NO),
    safe("k8s.namespace.name", Word, NO),
    safe("k8s.node.name", Word, NO),
    safe("k8s.pod.name", Word, NO),
    safe("os.build_id", Word, NO),
    safe("os.description", Text, NO),
    safe("os.name", Text, NO),
    safe("os.type", Word, NO),
    safe("os.version", Text, NO),
    content("process.command", Text, NO),
    content("process.command_args", Text, NO),
    content("process.command_line", Text, NO),
    safe("process.executable.name", Word, NO),
    content("process.executable.path", Text, NO),
    personal("process.owner", NO),
    safe("process.parent_pid", Int, NO),
    safe("process.pid", Int, NO),
    safe("process.runtime.description", Text, NO),
    safe("process.runtime.name", Text, NO),
    safe("process.runtime.version", Text, NO),
    content("process.working_directory", Text, NO),
    safe("service.instance.id", Word, NO),
    safe("service.namespace", Word, NO),
    safe("telemetry.distro.name", Word, NO),
    safe("telemetry.distro.version", Word, NO),
];
