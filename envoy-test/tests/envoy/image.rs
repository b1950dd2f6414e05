//! The image from which Istio and Envoy Gateway load the filter: made and pushed as the examples' README says, into a real
//! registry, and fetched with the code of Envoy Gateway, which has it from Istio.

use std::fs;
use std::path::Path;
use std::process::Command;

use envoy_test::FILTER;
use envoy_test::client::{Call, get};
use envoy_test::peer::{Peer, binary, free_address};
use serde_json::Value;

/// The registry of the Distribution project, of the version that is tested; `./test` builds it.
const REGISTRY: &str = "3.1.2";

/// The version of Envoy Gateway whose fetcher `./test` builds, and crane with it.
const GATEWAY: &str = "1.9.1";

/// Where the README and the manifests have the image.
const IMAGE: &str = concat!("registry.example/airlock-envoy:", env!("CARGO_PKG_VERSION"));

/// Scenario: the README's lines, word for word but for the place of the registry and the build, which has been; then the image
/// as the registry has it and as Envoy Gateway fetches it.
/// Guarantees: what is fetched is the filter, byte for byte; its one layer is of the type that Istio and Envoy Gateway read; the
/// digest that was printed is the one that they compare.
#[tokio::test]
async fn the_image_is_pushed_as_told_and_fetched_as_meant() {
    let folder = tempfile::tempdir().unwrap();
    let address = free_address();
    let config = format!(
        "version: 0.1\nstorage: {{ filesystem: {{ rootdirectory: {} }} }}\nhttp: {{ addr: {address} }}\n",
        folder.path().join("registry").display()
    );
    let path = folder.path().join("registry.yml");
    fs::write(&path, config).unwrap();
    let arguments = ["serve".to_owned(), path.display().to_string()];
    let is_ready = async || get(address, "/v2/").await == "{}";
    let registry = Peer::start(("registry", REGISTRY), folder, &arguments, is_ready).await;
    let folder = registry.folder.path();

    fs::create_dir(folder.join("dist")).unwrap();
    fs::copy(FILTER, folder.join("dist/airlock.envoy.wasm")).unwrap();
    let image = IMAGE.replace("registry.example", &address.to_string());
    let lines = lines().replace(IMAGE, &image);
    let crane = binary(("crane", GATEWAY));
    let path = std::env::var("PATH").unwrap_or_default();
    let pushed = Command::new("sh")
        .args(["-euc", &lines])
        .current_dir(folder)
        // No credentials of whoever runs the test.
        .env("DOCKER_CONFIG", folder)
        .env("PATH", format!("{}:{path}", crane.parent().unwrap().display()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&pushed.stdout).into_owned();
    assert!(pushed.status.success(), "{said}{}", String::from_utf8_lossy(&pushed.stderr));
    let (_, digest) = said.trim().rsplit_once("@sha256:").expect("it prints the digest");

    let kind = "application/vnd.oci.image.manifest.v1+json";
    let place = format!("/v2/airlock-envoy/manifests/sha256:{digest}");
    let answer = Call::default().method("GET").path(&place).header("accept", kind).send(address).await.unwrap();
    assert_eq!((answer.status, &answer.headers["content-type"]), (200, &kind.parse().unwrap()), "{}", registry.log());
    let manifest: Value = serde_json::from_slice(&answer.body).unwrap();
    let layers = manifest["layers"].as_array().unwrap();
    assert_eq!(layers.len(), 1, "{manifest}");
    assert_eq!(layers[0]["mediaType"], "application/vnd.oci.image.layer.v1.tar+gzip", "{manifest}");

    let fetched = folder.join("fetched");
    let ran = Command::new(binary(("fetch", GATEWAY))).arg(&image).arg(&fetched).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    assert_eq!(String::from_utf8_lossy(&ran.stdout).trim(), digest);
    assert!(fs::read(fetched).unwrap() == fs::read(FILTER).unwrap(), "another file than was pushed");
}

/// Scenario: the manifests and the Containerfile.
/// Guarantees: they name the image that the README pushes.
#[test]
fn the_manifests_name_that_image() {
    for (file, before) in [
        ("istio/traffic-extension.yaml", "url: oci://"),
        ("istio/wasm-plugin.yaml", "url: oci://"),
        ("envoy-gateway/envoy-extension-policy.yaml", "url: "),
        ("image/Containerfile", "buildah build -t "),
    ] {
        assert!(read(file).contains(&format!("{before}{IMAGE}")), "{file}");
    }
    assert!(lines().contains(IMAGE));
}

/// The README's lines about the image, but for the build.
fn lines() -> String {
    let readme = read("README.md");
    let (_, rest) = readme.split_once("```sh\ncargo airlock dist\n").expect("there are lines");
    rest.split_once("```").expect("they end").0.to_owned()
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/envoy").join(name)).unwrap()
}
