//! The server and the tool in a tool's name.
//!
//! ```text
//! 0.45              fake__lookup
//! 0.53  to 0.132    mcp__fake__lookup
//! 0.140 to 0.147    mcp__fakelookup           told apart by `mcp_server` only
//! 0.154 on          lookup                    with `tool_namespace` mcp__fake
//! ```
//!
//! Must not know other records: what this one does not say is not known. Keeps I1 in a small way: a name that cannot be
//! told apart stays whole, rather than being guessed into two.

/// What a tool's name says about a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mcp<'a> {
    /// The tool of a server.
    Leaf {
        /// The server's name.
        server: &'a [u8],
        /// The tool's own name.
        leaf: &'a [u8],
    },
    /// Not the tool of a server.
    No,
    /// The tool of a server, and what was sent does not say where one name ends.
    Unsplit,
}

/// Reads the server and the tool from what a record says.
///
/// For names as they were sent: a record that carries `codex.mcp.server` was read before, and a tool may be called
/// `a__b`, which this would take apart a second time. Absent attributes are `None`; an empty `mcp_server` means that
/// the tool is built in. Only versions below 0.53 have names without a prefix.
pub fn mcp<'a>(
    tool_name: &'a [u8],
    tool_namespace: Option<&'a [u8]>,
    mcp_server: Option<&'a [u8]>,
    app_version: Option<&[u8]>,
) -> Mcp<'a> {
    let named_server = mcp_server.filter(|server| !server.is_empty());
    if let Some(server) = tool_namespace.and_then(|namespace| namespace.strip_prefix(PREFIX)) {
        // The name is the tool's own already.
        return leaf_of(named_server.unwrap_or(server), tool_name);
    }
    match (named_server, mcp_server) {
        (Some(server), _) => by_server(tool_name, server),
        (None, Some(_)) => Mcp::No,
        // A namespace of another kind, such as `functions`, is that of built-in tools.
        (None, None) if tool_namespace.is_some_and(|namespace| !namespace.is_empty()) => Mcp::No,
        (None, None) => by_name(tool_name, app_version),
    }
}

const PREFIX: &[u8] = b"mcp__";
const SEPARATOR: &[u8] = b"__";

fn by_server<'a>(tool_name: &'a [u8], server: &'a [u8]) -> Mcp<'a> {
    let (prefixed, name) = match tool_name.strip_prefix(PREFIX) {
        Some(name) => (true, name),
        None => (false, tool_name),
    };
    match (prefixed, strip_server(name, server)) {
        (true, Some(rest)) => leaf_of(server, rest.strip_prefix(SEPARATOR).unwrap_or(rest)),
        (true, None) => Mcp::Unsplit,
        // Without the prefix only the separator tells `fake__lookup` from a tool called `fakelookup`.
        (false, stripped) => leaf_of(server, stripped.and_then(|rest| rest.strip_prefix(SEPARATOR)).unwrap_or(name)),
    }
}

fn by_name<'a>(tool_name: &'a [u8], app_version: Option<&[u8]>) -> Mcp<'a> {
    match tool_name.strip_prefix(PREFIX) {
        Some(rest) => split(rest).unwrap_or(Mcp::Unsplit),
        None if app_version.is_some_and(is_before_prefixes) => split(tool_name).unwrap_or(Mcp::No),
        None => Mcp::No,
    }
}

/// Server and tool on the two sides of the first separator, if both are there.
fn split(name: &[u8]) -> Option<Mcp<'_>> {
    let at = name.windows(SEPARATOR.len()).position(|window| window == SEPARATOR)?;
    let (server, rest) = name.split_at_checked(at)?;
    let leaf = rest.strip_prefix(SEPARATOR)?;
    (!server.is_empty() && !leaf.is_empty()).then_some(Mcp::Leaf { server, leaf })
}

fn leaf_of<'a>(server: &'a [u8], leaf: &'a [u8]) -> Mcp<'a> {
    if server.is_empty() || leaf.is_empty() { Mcp::Unsplit } else { Mcp::Leaf { server, leaf } }
}

/// What follows the server's name, in which the CLI writes `_` for what a tool's name may not hold.
fn strip_server<'a>(name: &'a [u8], server: &[u8]) -> Option<&'a [u8]> {
    let (head, rest) = name.split_at_checked(server.len())?;
    let is_same = |(sent, own): (&u8, &u8)| sent == own || (*sent == b'_' && !own.is_ascii_alphanumeric());
    head.iter().zip(server).all(is_same).then_some(rest)
}

/// Whether a version such as `0.45.0` is below 0.53, the first that was seen with prefixes.
fn is_before_prefixes(version: &[u8]) -> bool {
    let mut parts = version.split(|byte| *byte == b'.');
    let major = parts.next();
    let minor = parts.next().and_then(super::super::integer);
    major == Some(b"0") && minor.is_some_and(|minor| (0..53).contains(&minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(server: &'static str, leaf: &'static str) -> Mcp<'static> {
        Mcp::Leaf { server: server.as_bytes(), leaf: leaf.as_bytes() }
    }

    fn read(
        name: &'static str,
        namespace: Option<&'static str>,
        server: Option<&'static str>,
        version: &'static str,
    ) -> Mcp<'static> {
        mcp(name.as_bytes(), namespace.map(str::as_bytes), server.map(str::as_bytes), Some(version.as_bytes()))
    }

    /// Scenario: the same call to the same tool, as each dialect names it.
    /// Guarantees: all of them give the same server and the same tool.
    #[test]
    fn one_tool_in_every_dialect() {
        let expected = leaf("fake", "lookup");
        assert_eq!(read("fake__lookup", None, None, "0.45.0"), expected);
        assert_eq!(read("mcp__fake__lookup", None, None, "0.53.0"), expected);
        assert_eq!(read("mcp__fake__lookup", None, Some("fake"), "0.115.0"), expected);
        assert_eq!(read("mcp__fakelookup", None, Some("fake"), "0.147.0"), expected);
        assert_eq!(read("lookup", Some("mcp__fake"), Some("fake"), "0.154.0"), expected);
        // A decision has the namespace and not the server.
        assert_eq!(read("lookup", Some("mcp__fake"), None, "0.169.0"), expected);
        // What normalisation left behind, beside the attribute that was sent.
        assert_eq!(read("lookup", None, Some("fake"), "0.147.0"), expected);
        assert_eq!(read("fake__lookup", None, Some("fake"), "0.115.0"), expected);
    }

    #[test]
    fn built_in_tools_are_no_servers() {
        assert_eq!(read("shell", None, None, "0.45.0"), Mcp::No);
        assert_eq!(read("exec_command", Some("functions"), Some(""), "0.169.0"), Mcp::No);
        assert_eq!(read("spawn_agent", Some("collaboration"), None, "0.169.0"), Mcp::No);
        assert_eq!(read("my__tool", None, None, "0.53.0"), Mcp::No);
        assert_eq!(read("my__tool", None, None, "1.45.0"), Mcp::No);
        assert_eq!(read("__tool", None, None, "0.45.0"), Mcp::No);
        assert_eq!(mcp(b"my__tool", None, None, None), Mcp::No);
        assert_eq!(read("", None, None, "0.45.0"), Mcp::No);
    }

    #[test]
    fn what_cannot_be_told_apart_stays() {
        assert_eq!(read("mcp__fakelookup", None, None, "0.147.0"), Mcp::Unsplit);
        assert_eq!(read("mcp__fake__", None, None, "0.53.0"), Mcp::Unsplit);
        assert_eq!(read("mcp__other__lookup", None, Some("fake"), "0.115.0"), Mcp::Unsplit);
        assert_eq!(read("mcp__fake", None, Some("fake"), "0.147.0"), Mcp::Unsplit);
        assert_eq!(read("lookup", Some("mcp__"), None, "0.154.0"), Mcp::Unsplit);
        assert_eq!(read("", Some("mcp__fake"), None, "0.154.0"), Mcp::Unsplit);
    }

    #[test]
    fn names_with_separators_of_their_own() {
        assert_eq!(read("mcp__fake__look__up", None, None, "0.53.0"), leaf("fake", "look__up"));
        assert_eq!(read("mcp__my_fake__lookup", None, Some("my fake"), "0.115.0"), leaf("my fake", "lookup"));
        assert_eq!(read("mcp__my-fakelookup", None, Some("my-fake"), "0.147.0"), leaf("my-fake", "lookup"));
        assert_eq!(read("fake__x", Some("mcp__fake"), Some("fake"), "0.169.0"), leaf("fake", "fake__x"));
    }
}
