//! Names that are sensitive wherever they stand: on a record, a resource or a scope, in a map, in JSON held in a
//! string, in an event that is known and in one that is not.
//!
//! Names are compared folded, so that `userEmail`, `USER.EMAIL` and `user_email` cannot be told apart where it matters;
//! spellings that lose their word boundary (`filePath`) have rows of their own.
//!
//! Must not know what is done about them. Keeps I1.

/// One byte of a name, folded: lower case, and `_` for all that is no letter or digit.
pub fn fold_byte(byte: u8) -> u8 {
    if byte.is_ascii_alphanumeric() { byte.to_ascii_lowercase() } else { b'_' }
}

/// Whether a folded name is sensitive by itself.
pub fn is_sensitive(folded_name: &[u8]) -> bool {
    SENSITIVE_NAMES.binary_search_by(|name| name.as_bytes().cmp(folded_name)).is_ok()
        || SENSITIVE_PREFIXES.iter().any(|prefix| folded_name.starts_with(prefix.as_bytes()))
}

/// Sensitive beginnings of folded names.
pub static SENSITIVE_PREFIXES: &[&str] = &["enduser_", "process_command", "user_"];

/// Sensitive folded names, sorted.
pub static SENSITIVE_NAMES: &[&str] = &[
    "account_email",
    "account_id",
    "accountid",
    "arguments",
    "auth_error",
    "body",
    "code_file_path",
    "code_filepath",
    "code_stacktrace",
    "content",
    "cwd",
    "device_id",
    "directory",
    "email",
    "enduser",
    "error_message",
    "errormessage",
    "exception_message",
    "exception_stacktrace",
    "file",
    "file_directory",
    "file_name",
    "file_path",
    "filename",
    "filepath",
    "gen_ai_completion",
    "gen_ai_input_messages",
    "gen_ai_output_messages",
    "gen_ai_prompt",
    "gen_ai_system_instructions",
    "gen_ai_tool_call_arguments",
    "gen_ai_tool_call_result",
    "host_id",
    "host_ip",
    "host_mac",
    "host_name",
    "hostname",
    "http_target",
    "http_url",
    "log_file_name",
    "log_file_path",
    "output",
    "path",
    "process_executable_path",
    "process_owner",
    "process_working_directory",
    "prompt",
    "rationale",
    "response",
    "url_full",
    "url_original",
    "url_path",
    "url_query",
    "user",
    "useremail",
    "userid",
    "username",
    "workdir",
    "working_directory",
    "workingdirectory",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn folded_is_sensitive(name: &str) -> bool {
        let folded: alloc::vec::Vec<u8> = name.bytes().map(fold_byte).collect();
        is_sensitive(&folded)
    }

    #[test]
    fn the_list_can_be_searched() {
        assert!(SENSITIVE_NAMES.is_sorted());
        for name in SENSITIVE_NAMES.iter().chain(SENSITIVE_PREFIXES) {
            assert!(name.bytes().all(|byte| fold_byte(byte) == byte), "{name} is not folded");
        }
    }

    #[test]
    fn any_spelling_is_found() {
        for name in ["prompt", "Prompt", "error.message", "ERROR-MESSAGE", "user.email", "user/id", "userEmail"] {
            assert!(folded_is_sensitive(name), "{name}");
        }
        for name in ["host.name", "process.command_args", "gen_ai.tool.call.result", "filePath", "enduser.pseudo.id"] {
            assert!(folded_is_sensitive(name), "{name}");
        }
    }

    #[test]
    fn names_that_only_resemble_one_are_not() {
        for name in ["prompt_length", "response_truncated", "model", "users", "output_token_count", "", "error.type"] {
            assert!(!folded_is_sensitive(name), "{name}");
        }
    }
}
