//! A document in any of its syntaxes, as the JSON that the core reads.
//!
//! Must not know what a policy may say. Keeps I2: what a syntax cannot say exactly in JSON (a date, a number that is no
//! number, a name given twice) is an error and not a guess.

use std::path::Path;

use serde_json::{Map, Number, Value};

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// JSON.
    Json,
    /// TOML.
    Toml,
    /// YAML.
    Yaml,
}

impl Syntax {
    /// What a file's name says.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        Some(match extension.to_ascii_lowercase().as_str() {
            "json" => Self::Json,
            "toml" => Self::Toml,
            "yaml" | "yml" => Self::Yaml,
            _ => return None,
        })
    }

    /// `text` as JSON; an error says where and what, without the file's name.
    ///
    /// JSON is left as it is: the core reads it itself, and finds names given twice.
    pub fn to_json(self, text: String) -> Result<String, String> {
        match self {
            Self::Json => Ok(text),
            Self::Toml => from_toml(&text),
            Self::Yaml => from_yaml(&text),
        }
    }
}

fn from_yaml(text: &str) -> Result<String, String> {
    // `yes` and `on` are words: one spelling of true is enough, and the one that JSON has.
    let options = serde_saphyr::options! { strict_booleans: true, with_snippet: false };
    let value: Value = serde_saphyr::from_str_with_options(text, options).map_err(|error| error.to_string())?;
    // An empty file is the empty document.
    let value = if value.is_null() { Value::Object(Map::new()) } else { value };
    Ok(value.to_string())
}

fn from_toml(text: &str) -> Result<String, String> {
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
        let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
        format!("{place}{}", error.message())
    })?;
    json(toml::Value::Table(table), "").map(|value| value.to_string())
}

/// Recursion is safe here: the TOML reader bounds its depth.
fn json(value: toml::Value, path: &str) -> Result<Value, String> {
    Ok(match value {
        toml::Value::Array(values) => {
            let elements = values.into_iter().enumerate().map(|(n, value)| json(value, &format!("{path}[{n}]")));
            Value::Array(elements.collect::<Result<_, _>>()?)
        }
        toml::Value::Boolean(value) => Value::Bool(value),
        toml::Value::Datetime(_) => return Err(format!("{path}: a policy holds no dates; put it in quotes")),
        toml::Value::Float(value) => {
            let number = Number::from_f64(value).ok_or_else(|| format!("{path}: a policy holds no such number"))?;
            Value::Number(number)
        }
        toml::Value::Integer(value) => Value::Number(value.into()),
        toml::Value::String(value) => Value::String(value),
        toml::Value::Table(table) => {
            let members = table.into_iter().map(|(name, value)| {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                Ok((name, json(value, &path)?))
            });
            Value::Object(members.collect::<Result<_, String>>()?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_toml_become_the_same_json() {
        let yaml = "version: 1\nredact:\n  attributes:\n    output: [scan, {truncate: 200}]\n  body: mask\nnormalise: {time: true}\n";
        let toml = "version = 1\n[redact]\nbody = 'mask'\n[redact.attributes]\noutput = ['scan', {truncate = 200}]\n[normalise]\ntime = true\n";
        let json = r#"{"normalise":{"time":true},"redact":{"attributes":{"output":["scan",{"truncate":200}]},"body":"mask"},"version":1}"#;
        assert_eq!(from_yaml(yaml).unwrap(), json);
        assert_eq!(from_toml(toml).unwrap(), json);
        assert_eq!(from_yaml("# nothing\n").unwrap(), "{}");
        assert_eq!(from_toml("").unwrap(), "{}");
    }

    /// Scenario: a name given twice, words that older YAML took for truth values, dates, and what is no number.
    /// Guarantees: nothing is guessed.
    #[test]
    fn nothing_is_guessed() {
        assert!(from_yaml("a: 1\na: 2\n").unwrap_err().contains("duplicate"));
        assert!(from_toml("a = 1\na = 2\n").unwrap_err().starts_with("line 2: duplicate"));
        assert_eq!(from_yaml("a: yes\nb: 0x10\n").unwrap(), r#"{"a":"yes","b":16}"#);
        assert_eq!(from_toml("a.b = 1979-05-27").unwrap_err(), "a.b: a policy holds no dates; put it in quotes");
        assert_eq!(from_toml("[[a]]\nb = nan").unwrap_err(), "a[0].b: a policy holds no such number");
        assert_eq!(from_yaml("a: 18446744073709551615").unwrap(), r#"{"a":18446744073709551615}"#);
    }
}
