//! The manifests for Istio and Envoy Gateway, against the schemas of those projects' own releases.
//!
//! A member that the schema does not name is an error here, for an API server drops it in silence: a `failStrategy` that
//! is misspelt would be none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

/// The modules that hold the schemas, which `./test` fetches; and their files.
const MODULES: [(&str, &str, &str); 2] = [
    ("istio.io/api", "v1.32.0", "kubernetes/customresourcedefinitions.gen.yaml"),
    ("github.com/envoyproxy/gateway", "v1.9.1", "charts/gateway-helm/charts/crds/crds/generated"),
];

/// Scenario: every manifest, and each with one member misspelt.
/// Guarantees: the first are valid, strictly; the second are not; none fails open, and no key stands in one.
#[test]
fn manifests_are_valid() {
    let schemas = schemas();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/envoy");
    let mut kinds = Vec::new();
    for folder in ["istio", "envoy-gateway"] {
        for file in fs::read_dir(root.join(folder)).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let mut manifest: Value = serde_saphyr::from_str(&text).unwrap();
            let kind = manifest["kind"].as_str().unwrap().to_owned();
            let version = manifest["apiVersion"].as_str().unwrap().rsplit_once('/').unwrap().1;
            let schema = schemas.get(&format!("{kind}/{version}")).unwrap_or_else(|| panic!("{kind}: no schema"));
            let validator = jsonschema::validator_for(schema).unwrap();
            let errors: Vec<String> = validator.iter_errors(&manifest).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
            manifest["spec"]["failStartegy"] = json!("FAIL_RELOAD");
            assert!(!validator.is_valid(&manifest), "{}: what is misspelt is not seen", path.display());
            assert!(
                !text.contains("failStrategy: FAIL_OPEN") && !text.contains("failOpen: true"),
                "{}",
                path.display()
            );
            kinds.push(kind);
        }
    }
    kinds.sort();
    let expected = ["ClientTrafficPolicy", "EnvoyExtensionPolicy", "EnvoyFilter", "TrafficExtension", "WasmPlugin"];
    assert_eq!(kinds, expected);
}

/// The schemas by kind and version.
fn schemas() -> BTreeMap<String, Value> {
    let mut schemas = BTreeMap::new();
    for (module, version, place) in MODULES {
        let place = module_folder(module, version).join(place);
        let files = if place.is_dir() {
            fs::read_dir(&place).unwrap().map(|file| file.unwrap().path()).collect()
        } else {
            vec![place]
        };
        for file in files {
            let text = fs::read_to_string(file).unwrap();
            for document in text.split("\n---").filter(|document| document.contains("kind: CustomResourceDefinition")) {
                let definition: Value = serde_saphyr::from_str(document).unwrap();
                let kind = definition["spec"]["names"]["kind"].as_str().unwrap().to_owned();
                for version in definition["spec"]["versions"].as_array().unwrap() {
                    let mut schema = version["schema"]["openAPIV3Schema"].clone();
                    for (member, of) in [("apiVersion", "string"), ("kind", "string"), ("metadata", "object")] {
                        schema["properties"][member] = json!({"type": of});
                    }
                    close(&mut schema);
                    schemas.insert(format!("{kind}/{}", version["name"].as_str().unwrap()), schema);
                }
            }
        }
    }
    schemas
}

fn module_folder(module: &str, version: &str) -> PathBuf {
    let mut command = Command::new("go");
    command.args(["mod", "download", "-json", &format!("{module}@{version}")]).current_dir(std::env::temp_dir());
    let output = command.output().expect("go is on the path; the schemas are in modules of Go");
    let said: Value = serde_json::from_slice(&output.stdout).expect("go says where the module is");
    said["Dir"].as_str().unwrap_or_else(|| panic!("{module}@{version} is not to be had: {said}")).into()
}

/// Refuses members that an object's schema does not name, unless it says that it takes any.
fn close(schema: &mut Value) {
    let takes_any = schema["x-kubernetes-preserve-unknown-fields"] == true;
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.values_mut().for_each(close);
        if !takes_any && schema.get("additionalProperties").is_none() {
            schema["additionalProperties"] = json!(false);
        }
    }
    if let Some(items) = schema.get_mut("items") {
        close(items);
    }
}
