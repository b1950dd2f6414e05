//! Keys of clouds.
//!
//! Must not know how tokens are found.

use super::{PADDING, Piece, at_least, between, exactly, token};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "aws-access-key-id",
        group: Group::Secret,
        about: "access key ids of AWS, long-term and temporary",
        source: "AWS IAM User Guide, IAM identifiers, Understanding unique ID prefixes",
        examples: &[
            Example("id «AKIA0000FAKE0000ABCD»."),
            Example("\"«ASIAEXAMPLEEXAMPLE77»\""),
            Example("out\\n«AKIAEXAMPLE000000000»\\n"),
            Example("cut «AKIAEXAM»\n[... telemetry preview truncated ...]"),
            Example("old: «A3T00000FAKE0000ABCD»"),
            Example("«AKIA0000FAKE0000ABCD:FAKE0000abcd/EXAMPLE+0000abcdFAKE0000abc»"),
            Example("XAKIA0000FAKE0000ABCD"),
            Example("AKIA0000FAKE0000ABCDE"),
            Example("AKIA0000fake0000abcd"),
        ],
        // The documented alphabet is base32; 0, 1, 8 and 9 are let in because made-up keys use them.
        rule: Rule::Tokens(&[
            // Kept from before the letters said what a key is for.
            token("A3T", &[exactly(Alphabet::Upper, 17)]),
            token("ABIA", &[exactly(Alphabet::Upper, 16)]),
            token("ACCA", &[exactly(Alphabet::Upper, 16)]),
            token("AKIA", &[exactly(Alphabet::Upper, 16)]),
            token("ASIA", &[exactly(Alphabet::Upper, 16)]),
            // With the secret that it goes with.
            token("AKIA", &[exactly(Alphabet::Upper, 16), BETWEEN, exactly(Alphabet::Base64, 40)]),
            token("ASIA", &[exactly(Alphabet::Upper, 16), BETWEEN, exactly(Alphabet::Base64, 40)]),
        ]),
    },
    Detector {
        id: "aws-bedrock-api-key",
        group: Group::Secret,
        about: "API keys of Amazon Bedrock, long-term and short-term",
        source: "Amazon Bedrock User Guide, API keys",
        examples: &[
            Example(concat!(
                "«ABSKQmVkcm9ja0FQSUtleSFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0",
                "000=»",
            )),
            Example("<key>«bedrock-api-key-FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd»</key>"),
            Example(concat!(
                "ABSKQmVkcm9ja0FQSUtleSFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE00",
                "00abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000ab",
                "cdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0=",
            )),
            Example("bedrock-api-key-rotation-of-the-team-in-the-cloud-is-described-in-the-guide"),
        ],
        rule: Rule::Tokens(&[
            token("ABSKQmVkcm9ja0FQSUtleS", &[between(Alphabet::Base64, 80, 256), PADDING]),
            token("bedrock-api-key-", &[at_least(Alphabet::Encoded, 60)]),
        ]),
    },
    Detector {
        id: "aws-session-token",
        group: Group::Secret,
        about: "session tokens of AWS STS",
        source: "AWS STS API Reference, Credentials",
        examples: &[
            Example("(«FQoGZXIvYXdzFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd»)"),
            Example("«FwoGZXIvYXdzFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd»"),
            Example("%3D«IQoJb3JpZ2luX2VjFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcd»&x=1"),
            Example("FQoGZXIvYXdzFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abc"),
            Example("IQoJb3JpZ2luX2Vjxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        // Their first bytes are those of the structure that is encoded. In URLs `+`, `/` and `=` stand as escapes.
        rule: Rule::Tokens(&[
            token("FQoGZXIvYXdz", &[at_least(Alphabet::Encoded, 60)]),
            token("FwoGZXIvYXdz", &[at_least(Alphabet::Encoded, 60)]),
            token("IQoJb3JpZ2luX2Vj", &[at_least(Alphabet::Encoded, 60)]),
        ]),
    },
    Detector {
        id: "aws-appsync-api-key",
        group: Group::Secret,
        about: "API keys of AWS AppSync",
        source: "AWS AppSync Developer Guide, API_KEY authorization",
        examples: &[
            Example("AWS_APPSYNC_API_KEY=«da2-fake0000abcdfake0000abcdfa»"),
            Example("da2-fake0000abcdfake0000abcdf"),
            Example("da2-xxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("da2-", &[exactly(Alphabet::Lower, 26)])]),
    },
    Detector {
        id: "google-api-key",
        group: Group::Secret,
        about: "API keys of Google Cloud, Firebase, Maps and Gemini, those bound to a service account too",
        source: "Google Cloud documentation, API keys overview",
        examples: &[
            Example("{\"key\": \"«AIzaFAKE0000abcdFAKE0000abcdFAKE0000abc»\"}"),
            Example("token: «AQ.AFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»\\n"),
            Example("AIzaFAKE0000abcdFAKE0000abcdFAKE0000abcd"),
            Example("AIza0000FAKE0000abcd0000FAKE0000abcd0000FAKE"),
            Example("AIZAFAKE0000ABCD0000FAKE0000ABCD0000FAKE"),
        ],
        rule: Rule::Tokens(&[
            token("AIza", &[exactly(Alphabet::WordDash, 35)]),
            token("AQ.A", &[at_least(Alphabet::WordDash, 40)]),
        ]),
    },
    Detector {
        id: "google-oauth-client-secret",
        group: Group::Secret,
        about: "client secrets of Google's OAuth",
        source: "Google Identity documentation, OAuth 2.0 for web server applications",
        examples: &[
            Example("run --key «GOCSPX-FAKE0000abcdFAKE0000abcd» now"),
            Example("GOCSPX-FAKE0000abcdFAKE0000abc"),
            Example("GOCSPX-xxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("GOCSPX-", &[at_least(Alphabet::WordDash, 24)])]),
    },
    Detector {
        id: "google-oauth-access-token",
        group: Group::Secret,
        about: "access tokens of Google's OAuth",
        source: "Google Identity documentation, Using OAuth 2.0",
        examples: &[
            Example("\\\"«ya29.FAKE0000abcdFAKE0000abcdFAKE00»\\\","),
            Example("ya29.FAKE0000abcdFAKE0000abcdFAKE0"),
            Example("ya29.python.client.of.google"),
        ],
        rule: Rule::Tokens(&[token("ya29.", &[at_least(Alphabet::Dotted, 30)])]),
    },
    Detector {
        id: "google-storage-hmac-key",
        group: Group::Secret,
        about: "access ids of HMAC keys for Google Cloud Storage",
        source: "Cloud Storage documentation, HMAC keys",
        examples: &[
            Example("key = '«GOOG1EFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFA»';"),
            Example("out\\n«GOOGFAKE0000ABCDFAKE0000»\\n"),
            Example("GOOG1EFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdF"),
            Example("GOOGLE_APPLICATION_CREDENTIALS"),
            Example("GOOGLEAPPLICATIONCREDENT"),
        ],
        rule: Rule::Tokens(&[
            token("GOOG1E", &[between(Alphabet::Alnum, 50, 58)]),
            token("GOOG", &[exactly(Alphabet::Upper, 20)]),
        ]),
    },
    Detector {
        id: "alibaba-access-key-id",
        group: Group::Secret,
        about: "access key ids of Alibaba Cloud, temporary ones too",
        source: "Alibaba Cloud RAM documentation, AccessKey pairs and STS",
        examples: &[
            Example("<key>«LTAIFAKE0000abcd»</key>"),
            Example("(«STS.FAKE0000abcdFAKE0000»)"),
            Example("connect(«LTAIFAKE0000abcd, FAKE0000abcdFAKE0000abcdFAKE00»)"),
            Example("LTAIFAKE0000abcdFAKE0000abcdFAK"),
            Example("STS.tokenservice"),
        ],
        rule: Rule::Tokens(&[
            token("LTAI", &[between(Alphabet::Alnum, 12, 26)]),
            token("LTAI", &[between(Alphabet::Alnum, 12, 26), BETWEEN, exactly(Alphabet::Alnum, 30)]),
            token("STS.", &[at_least(Alphabet::Alnum, 20)]),
        ]),
    },
    Detector {
        id: "tencent-secret-id",
        group: Group::Secret,
        about: "secret ids of Tencent Cloud",
        source: "Tencent Cloud CAM documentation, Access keys",
        examples: &[
            Example("«AKIDFAKE0000abcdFAKE»"),
            Example("AKIDFAKE0000abcdFAK"),
            Example("AKIDisTheNameOfA_Header"),
        ],
        rule: Rule::Tokens(&[token("AKID", &[between(Alphabet::Alnum, 16, 80)])]),
    },
    Detector {
        id: "baidu-access-key",
        group: Group::Secret,
        about: "access keys of Baidu AI Cloud and Qianfan, with their secret",
        source: "Baidu AI Cloud documentation, Access keys and Qianfan API keys",
        examples: &[
            Example("%3D«ALTAK-FAKE0000abcdFAKE0000»&x=1"),
            Example("BAIDU_ACCESS_KEY=«ALTAK-FAKE0000abcdFAKE0000/0000fa4eabcd0000fa4eabcd0000fa4e»"),
            Example("{\"key\": \"«ALTAKFAKE0000abcdFAKE0000»\"}"),
            Example("ALTAK-FAKE0000abcdFAKE000"),
            Example("ALTAKxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("ALTAK-", &[at_least(Alphabet::Alnum, 20)]),
            token("ALTAK-", &[at_least(Alphabet::Alnum, 20), Piece::Text("/"), at_least(Alphabet::LowerHex, 32)]),
            token("ALTAK", &[between(Alphabet::Alnum, 20, 28)]),
        ]),
    },
    Detector {
        id: "volcengine-access-key",
        group: Group::Secret,
        about: "access keys of Volcengine and BytePlus, temporary ones too",
        source: "Volcengine documentation, Access keys",
        examples: &[
            Example("token: «AKLTFAKE0000abcdFAKE0000abcdFAKE00=»\\n"),
            Example("run --key «AKTPFAKE0000abcdFAKE0000abcdFAKE00=» now"),
            Example("AKLTFAKE0000abcdFAKE0000abcdFAKE0="),
            Example("AKTPxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("AKLT", &[at_least(Alphabet::WordDash, 30), PADDING]),
            token("AKTP", &[at_least(Alphabet::WordDash, 30), PADDING]),
        ]),
    },
    Detector {
        id: "jdcloud-access-key",
        group: Group::Secret,
        about: "access keys of JD Cloud",
        source: "JD Cloud documentation, Access key management",
        examples: &[
            Example("\\\"«JDC_FAKE0000ABCDFAKE0000ABCDF»\\\","),
            Example("JDC_FAKE0000ABCDFAKE0000ABCD"),
            Example("JDC_XXXXXXXXXXXXXXXXXXXXXXXXX"),
        ],
        rule: Rule::Tokens(&[token("JDC_", &[between(Alphabet::Upper, 25, 40)])]),
    },
    Detector {
        id: "yandex-cloud-credential",
        group: Group::Secret,
        about: "API keys, IAM tokens, static access keys and OAuth tokens of Yandex Cloud",
        source: "Yandex Cloud documentation, Authentication: API key, IAM token, static keys, OAuth token",
        examples: &[
            Example("key = '«AQVNFAKE0000abcdFAKE0000abcdFAKE0000abc»';"),
            Example("out\\n«YCOFAKE0000abcdFAKE0000abcdFAKE0000abcdF»\\n"),
            Example("<key>«y1_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFA»</key>"),
            Example("AQVNFAKE0000abcdFAKE0000abcdFAKE0000ab"),
            Example("y0_and_x0_are_the_names_of_two_coordinates"),
        ],
        rule: Rule::Tokens(&[
            token("AQVN", &[between(Alphabet::WordDash, 35, 40)]),
            token("YCA", &[exactly(Alphabet::WordDash, 22)]),
            token("YCM", &[exactly(Alphabet::WordDash, 37)]),
            token("YCN", &[exactly(Alphabet::WordDash, 37)]),
            token("YCO", &[exactly(Alphabet::WordDash, 37)]),
            token("YCP", &[exactly(Alphabet::WordDash, 37)]),
            token(
                "t1.",
                &[
                    at_least(Alphabet::WordDash, 3),
                    Piece::OneOf(&["==", "=", ""]),
                    Piece::Text("."),
                    at_least(Alphabet::WordDash, 60),
                    Piece::OneOf(&["==", "=", ""]),
                ],
            ),
            token("y0_", &[at_least(Alphabet::WordDash, 50)]),
            token("y1_", &[at_least(Alphabet::WordDash, 50)]),
        ]),
    },
    Detector {
        id: "oracle-cloud-user",
        group: Group::Secret,
        about: "OCIDs of users and their credentials in Oracle Cloud",
        source: "Oracle Cloud Infrastructure documentation, Resource identifiers",
        examples: &[
            Example("(«ocid1.credential.FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»)"),
            Example("ocid1.credential.FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("ocid1.instance.oc1.phx.0000fake0000abcd0000fake0000abcd0000"),
        ],
        rule: Rule::Tokens(&[token(
            "ocid1.",
            &[
                Piece::OneOf(&["credential.", "customersecretkey.", "saml2idp.", "user."]),
                at_least(Alphabet::Dotted, 40),
            ],
        )]),
    },
    Detector {
        id: "digitalocean-token",
        group: Group::Secret,
        about: "tokens of DigitalOcean: personal, OAuth, refresh; access keys of Spaces",
        source: "DigitalOcean release notes, API token format; Spaces documentation, Access keys",
        examples: &[
            Example("«dop_v1_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»"),
            Example("%3D«dor_v1_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000»&x=1"),
            Example("DIGITALOCEAN_TOKEN=«DO00FAKE0000ABCDFAKE»"),
            Example("dop_v1_0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd0000fa4eabcd000"),
            Example("DO00XXXXXXXXXXXXXXXX"),
        ],
        rule: Rule::Tokens(&[
            token("dop_v1_", &[exactly(Alphabet::LowerHex, 64)]),
            token("doo_v1_", &[exactly(Alphabet::LowerHex, 64)]),
            token("dor_v1_", &[exactly(Alphabet::LowerHex, 64)]),
            token("DO00", &[exactly(Alphabet::Upper, 16)]),
        ]),
    },
    Detector {
        id: "scaleway-access-key",
        group: Group::Secret,
        about: "access keys of Scaleway",
        source: "Scaleway documentation, API keys",
        examples: &[
            Example("{\"key\": \"«SCWFAKE0000ABCDFAKE0»\"}"),
            Example("SCWFAKE0000ABCDFAKE00"),
            Example("SCW_DEFAULT_PROJECT_ID"),
        ],
        rule: Rule::Tokens(&[token("SCW", &[exactly(Alphabet::Upper, 17)])]),
    },
    Detector {
        id: "exoscale-api-key",
        group: Group::Secret,
        about: "API keys of Exoscale",
        source: "Exoscale documentation, IAM API keys",
        examples: &[
            Example("token: «EXO0000fa4eabcd0000fa4eabcd»\\n"),
            Example("EXO0000fa4eabcd0000fa4eabc"),
            Example("EXO000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("EXO", &[between(Alphabet::LowerHex, 24, 28)])]),
    },
    Detector {
        id: "upcloud-token",
        group: Group::Secret,
        about: "API tokens of UpCloud",
        source: "UpCloud documentation, API tokens",
        examples: &[
            Example("run --key «ucat_FAKE0000ABCDFAKE0000» now"),
            Example("(«ucat_FAKE0000abcdFAKE0000abcd»)"),
            Example("ucat_FAKE0000ABCDFAKE000"),
            Example("ucat_XXXXXXXXXXXXXXXXXXXX"),
        ],
        rule: Rule::Tokens(&[
            token("ucat_", &[at_least(Alphabet::Upper, 20)]),
            token("ucat_", &[between(Alphabet::Alnum, 24, 32)]),
        ]),
    },
    Detector {
        id: "backblaze-application-key",
        group: Group::Secret,
        about: "application keys of Backblaze B2",
        source: "Backblaze B2 documentation, Application keys",
        examples: &[
            Example("\\\"«K00FAKE0000abcdFAKE0000abcdFAKE»\\\","),
            Example("K00FAKE0000abcdFAKE0000abcdFAKE0"),
            Example("K00-is-not-one-of-these-keys-00"),
        ],
        rule: Rule::Tokens(&[token("K00", &[exactly(Alphabet::Base64, 28)])]),
    },
    Detector {
        id: "openstack-token",
        group: Group::Secret,
        about: "tokens of OpenStack Keystone: Fernet",
        source: "OpenStack Keystone documentation, Fernet tokens; Fernet specification",
        examples: &[
            Example("(«gAAAAABFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000=»)"),
            Example("gAAAAABFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE000="),
            Example("gAAAAABxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        // Version byte 0x80 and a time of four bytes, the first two of which are zero until 2106.
        rule: Rule::Tokens(&[token("gAAAAAB", &[at_least(Alphabet::WordDash, 80), PADDING])]),
    },
    Detector {
        id: "tigris-access-key",
        group: Group::Secret,
        about: "access key ids and secrets of Tigris",
        source: "Tigris documentation, Access keys",
        examples: &[
            Example("«tid_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»"),
            Example("%3D«tsec_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE»&x=1"),
            Example("tid_FAKE0000abcdFAKE0000abcdFAKE0000abcdFAK"),
            Example("tsec_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("tid_", &[at_least(Alphabet::WordDash, 40)]),
            token("tsec_", &[at_least(Alphabet::WordDash, 40)]),
        ]),
    },
];

/// What stands between the two halves of a pair, in lists, tables and arguments.
const BETWEEN: Piece =
    Piece::OneOf(&["\", \"", "\",\"", "', '", "','", ", ", ",", ":", "\t", "\\t", " ", "\r\n", "\n", "\\n", ";", "|"]);
