//! Enumerations whose spelling changed between versions, and the one spelling that normalisation gives.
//!
//! Must not know which attribute is being looked at. Keeps I7: a word that is normal already is no change.

/// The normal word for a way of logging in, in `auth_mode` and `auth.mode`. Other ways stay as they are sent.
pub fn auth_mode(text: &[u8]) -> Option<&'static str> {
    match text {
        b"ApiKey" => Some("api_key"),
        // `ChatGPT` up to 0.80.
        b"ChatGPT" | b"Chatgpt" => Some("chatgpt"),
        _ => None,
    }
}

/// The normal word for who took a decision about a tool call.
pub fn source(text: &[u8]) -> Option<&'static str> {
    match text {
        b"AutomatedReviewer" => Some("automated_reviewer"),
        b"Config" => Some("config"),
        b"User" => Some("user"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scenario: each spelling that was recorded, then what became of it, then a word that nobody knows.
    /// Guarantees: old and new spellings meet, and a second pass changes nothing (I7).
    #[test]
    fn spellings_meet_once() {
        for (sent, normal) in [("ApiKey", "api_key"), ("ChatGPT", "chatgpt"), ("Chatgpt", "chatgpt")] {
            assert_eq!(auth_mode(sent.as_bytes()), Some(normal));
            assert_eq!(auth_mode(normal.as_bytes()), None);
        }
        for (sent, normal) in [("AutomatedReviewer", "automated_reviewer"), ("Config", "config"), ("User", "user")] {
            assert_eq!(source(sent.as_bytes()), Some(normal));
            assert_eq!(source(normal.as_bytes()), None);
        }
        assert_eq!((auth_mode(b"managed"), source(b"CONFIG")), (None, None));
    }
}
