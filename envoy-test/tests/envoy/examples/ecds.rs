//! The example whose policy changes while Envoy runs.

use std::fs;
use std::time::Duration;

use airlock::Encoding::Protobuf;
use envoy_test::client::Call;
use tokio::time::sleep;

use super::{Example, read};
use crate::support::{batch, contains, processed};

/// Scenario: `ecds.yaml` with its filter from `ecds/airlock.yaml`; then the policy there is changed as the example says,
/// replaced by one that is wrong, and put back.
/// Guarantees: the file's policy is in force from the first request on; a right one comes into force without a restart; a
/// wrong one is counted and logged with its path, and the one before it stays.
#[tokio::test]
async fn a_policy_in_a_file_changes_while_envoy_runs() {
    let example = Example::new("ecds").await;
    let envoy = example.start().await;
    let call = Call::protobuf(batch());
    let expected = processed(&batch(), Protobuf);
    assert_eq!(example.arrives(&envoy, &call).await.body, expected);

    let filter = example.placed(&read("ecds/airlock.yaml"));
    let put = |policy: &str| {
        let changed = filter.replace("policy: {}", &format!("policy: {policy}"));
        let folder = example.folder.path().join("ecds");
        // What Envoy might read half written has another name.
        fs::write(folder.join("airlock.yaml.new"), changed).unwrap();
        fs::rename(folder.join("airlock.yaml.new"), folder.join("airlock.yaml")).unwrap();
    };
    let expects = async |text: &str| {
        for _ in 0..100 {
            if contains(&example.arrives(&envoy, &call).await.body, text) {
                return;
            }
            sleep(Duration::from_millis(100)).await;
        }
        panic!("{text} does not come into force: {}", envoy.log());
    };
    put(r#"{ redact: { attributes: { prompt: { mask: "[changed]" } } } }"#);
    expects("[changed]").await;

    let failures = "extension_config_discovery\\.http_filter\\..*config_fail";
    assert_eq!(envoy.stat(failures).await, 0);
    put("{ redact: { attributes: { prompt: msak } } }");
    for _ in 0..100 {
        if envoy.stat(failures).await > 0 {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(envoy.stat(failures).await, 1, "{}", envoy.ask("/stats?filter=extension_config").await);
    assert!(envoy.log().contains("airlock: policy.redact.attributes.prompt: unknown action"), "{}", envoy.log());
    expects("[changed]").await;

    put("{}");
    expects("[redacted]").await;
    assert_eq!(example.arrives(&envoy, &call).await.body, expected);
}
