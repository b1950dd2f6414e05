//! Tokens without a fixed beginning: their shape alone tells what they are.
//!
//! Must not know how tokens are found.

use super::{PADDING, Piece, at_least, exactly, token, tokens};
use crate::detect::encoded::in_run;
use crate::detect::engine::Pass;
use crate::detect::registry::{Detector, DetectorId, Event, Example, Group, Rule};
use crate::detect::text::{
    Alphabet, after_escape, byte, exact_at, is_in_diff, looks_made, part, skip_back, starts_word,
};

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "mailchimp-api-key",
        group: Group::Secret,
        about: "API keys of Mailchimp",
        source: "Mailchimp developer documentation, API keys",
        examples: &[
            Example("«FAKEfake0000abcdEXAMPLEFAKEfake0-us0»"),
            Example("short FAKEfake0000abcdEXAMPLEFAKEfake0-us"),
            Example("key=00000000000000000000000000000000-us0"),
        ],
        rule: Rule::Tokens(&[token(
            "",
            &[exactly(Alphabet::Alnum, 32), Piece::Text("-us"), Piece::Run(Alphabet::Digit, 1, 2)],
        )]),
    },
    Detector {
        id: "mailgun-hex-key",
        group: Group::Secret,
        about: "keys of Mailgun in three parts",
        source: "Mailgun documentation, API authentication",
        examples: &[
            Example("\"«0000fa4e0000abcd12340000fa4e0000-0000fa4e-0000fa4e»\""),
            Example("short 0000fa4e0000abcd12340000fa4e0000-0000fa4e-0000fa4"),
            Example("key=00000000000000000000000000000000-00000000-00000000"),
        ],
        rule: Rule::Tokens(&[token(
            "",
            &[
                exactly(Alphabet::LowerHex, 32),
                Piece::Text("-"),
                exactly(Alphabet::LowerHex, 8),
                Piece::Text("-"),
                exactly(Alphabet::LowerHex, 8),
            ],
        )]),
    },
    Detector {
        id: "new-relic-licence-key",
        group: Group::Secret,
        about: "licence keys of New Relic",
        source: "New Relic documentation, API keys",
        examples: &[
            Example("KEY: «fake0000abcdexamplefake0000abcdexampNRAL», and more"),
            Example("short fake0000abcdexamplefake0000abcdexamNRAL"),
            Example("key=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxNRAL"),
        ],
        rule: Rule::Tokens(&[token("", &[exactly(Alphabet::Lower, 36), Piece::Text("NRAL")])]),
    },
    Detector {
        id: "x-access-token",
        group: Group::Secret,
        about: "access tokens of users of X (Twitter)",
        source: "X developer documentation, OAuth 1.0a",
        examples: &[
            Example("«720561938012345-FAKEfake0000abcdEXAMPLEFAKEfake0000abcdE»"),
            Example("short 720561938012345-FAKEfake0000abcdEXAMPLEFAKEfake0000abcd"),
            Example("key=000000000000000-0000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "",
            &[Piece::Run(Alphabet::Digit, 15, 20), Piece::Text("-"), exactly(Alphabet::Alnum, 40)],
        )]),
    },
    Detector {
        id: "rapidapi-key",
        group: Group::Secret,
        about: "keys of RapidAPI",
        source: "RapidAPI documentation, API keys",
        examples: &[
            Example("'«FAKEfake00mshFAKEfake0000abcp1FAKEfajsnFAKEfake0000»'"),
            Example("{\"k\":\"«FAKEfake00mshFAKEfake0000abcp1FAKEfjsnFAKEfake0000»\"}"),
            Example("short FAKEfake00mshFAKEfake0000abcp1FAKEfajsnFAKEfake000"),
            Example("key=xxxxxxxxxxmshxxxxxxxxxxxxxxxp1xxxxxxjsnxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token(
                "",
                &[
                    exactly(Alphabet::Alnum, 10),
                    Piece::Text("msh"),
                    exactly(Alphabet::Alnum, 15),
                    Piece::Text("p1"),
                    exactly(Alphabet::Alnum, 6),
                    Piece::Text("jsn"),
                    exactly(Alphabet::Alnum, 12),
                ],
            ),
            token(
                "",
                &[
                    exactly(Alphabet::Alnum, 10),
                    Piece::Text("msh"),
                    exactly(Alphabet::Alnum, 15),
                    Piece::Text("p1"),
                    exactly(Alphabet::Alnum, 5),
                    Piece::Text("jsn"),
                    exactly(Alphabet::Alnum, 12),
                ],
            ),
        ]),
    },
    Detector {
        id: "dropbox-long-lived-token",
        group: Group::Secret,
        about: "long-lived access tokens of Dropbox",
        source: "Dropbox developer documentation, OAuth guide",
        examples: &[
            Example("(«FAKEfake000AAAAAAAAAAFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEF»)"),
            Example("\"«FAKEfake0000AAAAAAAAAAFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLE»\""),
            Example("short FAKEfake000AAAAAAAAAAFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLE"),
            Example("key=xxxxxxxxxxxAAAAAAAAAAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("", &[exactly(Alphabet::Alnum, 11), Piece::Text("AAAAAAAAAA"), exactly(Alphabet::WordDash, 43)]),
            token("", &[exactly(Alphabet::Alnum, 12), Piece::Text("AAAAAAAAAA"), exactly(Alphabet::WordDash, 42)]),
        ]),
    },
    Detector {
        id: "maxmind-license-key",
        group: Group::Secret,
        about: "licence keys of MaxMind",
        source: "MaxMind documentation, Licence keys",
        examples: &[
            Example("«FAKEfa_FAKEfake0000abcdEXAMPLEFAKEfa_mmk»"),
            Example("short FAKEfa_FAKEfake0000abcdEXAMPLEFAKEf_mmk"),
            Example("key=xxxxxx_xxxxxxxxxxxxxxxxxxxxxxxxxxxxx_mmk"),
        ],
        rule: Rule::Tokens(&[token(
            "",
            &[exactly(Alphabet::Alnum, 6), Piece::Text("_"), exactly(Alphabet::Alnum, 29), Piece::Text("_mmk")],
        )]),
    },
    Detector {
        id: "harvest-access-token",
        group: Group::Secret,
        about: "personal access tokens of Harvest",
        source: "Harvest API documentation, Authentication",
        examples: &[
            Example("key «0123.pt.FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM»"),
            Example("short 0123.pt.FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXA"),
            Example("key=0000.pt.000000000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "",
            &[Piece::Run(Alphabet::Digit, 4, 9), Piece::Text(".pt."), at_least(Alphabet::WordDash, 60)],
        )]),
    },
    Detector {
        id: "deepl-api-key",
        group: Group::Secret,
        about: "keys of the free API of DeepL",
        source: "DeepL API documentation, Authentication",
        examples: &[
            Example("«0000Fa4e-0000-0000-0000-0000Fa4e0000:fx»"),
            Example("short 0000Fa4e-0000-0000-0000-0000Fa4e000:fx"),
            Example("z0000Fa4e-0000-0000-0000-0000Fa4e0000:fx"),
        ],
        rule: Rule::Tokens(&[token(
            "",
            &[
                exactly(Alphabet::Hex, 8),
                Piece::Text("-"),
                exactly(Alphabet::Hex, 4),
                Piece::Text("-"),
                exactly(Alphabet::Hex, 4),
                Piece::Text("-"),
                exactly(Alphabet::Hex, 4),
                Piece::Text("-"),
                exactly(Alphabet::Hex, 12),
                Piece::Text(":fx"),
            ],
        )]),
    },
    Detector {
        id: "viber-token",
        group: Group::Secret,
        about: "tokens of Viber bots",
        source: "Viber developers hub, Authentication token",
        examples: &[
            Example("out\\n«0000fa4e0000abcd-0000fa4e0000abcd-0000fa4e0000abcd»\\n"),
            Example("short 0000fa4e0000abcd-0000fa4e0000abcd-0000fa4e0000abc"),
            Example("key=0000000000000000-0000000000000000-0000000000000000"),
        ],
        rule: Rule::Tokens(&[token(
            "",
            &[
                exactly(Alphabet::LowerHex, 16),
                Piece::Text("-"),
                exactly(Alphabet::LowerHex, 16),
                Piece::Text("-"),
                exactly(Alphabet::LowerHex, 16),
            ],
        )]),
    },
    Detector {
        id: "wif-private-key",
        group: Group::Secret,
        about: "private keys of Bitcoin in wallet import format",
        source: "Bitcoin developer guide, Wallet Import Format",
        examples: &[
            Example("'«5HFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abc»'"),
            Example("key «LFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdE»"),
            Example("short 5HFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111ab"),
            Example("key=5H0000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("5H", &[exactly(Alphabet::Base58, 49)]),
            token("5J", &[exactly(Alphabet::Base58, 49)]),
            token("5K", &[exactly(Alphabet::Base58, 49)]),
            token("K", &[exactly(Alphabet::Base58, 51)]),
            token("L", &[exactly(Alphabet::Base58, 51)]),
        ]),
    },
    Detector {
        id: "stellar-secret-seed",
        group: Group::Secret,
        about: "secret seeds of Stellar accounts",
        source: "SEP-23, Strkeys",
        examples: &[
            Example("«SAFAKE2222ABCDEXAMPLEFAKE2222ABCDEXAMPLEFAKE2222ABCDEXAM»"),
            Example("\"«SDFAKE2222ABCDEXAMPLEFAKE2222ABCDEXAMPLEFAKE2222ABCDEXAM»\""),
            Example("short SAFAKE2222ABCDEXAMPLEFAKE2222ABCDEXAMPLEFAKE2222ABCDEXA"),
            Example("key=SAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ],
        rule: Rule::Tokens(&tokens(["SA", "SB", "SC", "SD"], &[exactly(Alphabet::Base32, 54)])),
    },
    Detector {
        id: "okta-api-token",
        group: Group::Secret,
        about: "API tokens of Okta",
        source: "Okta developer documentation, Create an API token",
        examples: &[
            Example("--key=«00FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMP» -v"),
            Example("short 00FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM"),
            Example("key=00xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("00", &[exactly(Alphabet::WordDash, 40)])]),
    },
    Detector {
        id: "sanity-token",
        group: Group::Secret,
        about: "tokens of Sanity",
        source: "Sanity documentation, API tokens",
        examples: &[
            Example(concat!(
                "key «skFAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLE",
                "FAKEfake0000abcdEXAMPLEFAKEfake»"
            )),
            Example(concat!(
                "short skFAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPL",
                "EFAKEfake0000abcdEXAMPLEFAKEfak"
            )),
            Example(concat!(
                "key=skxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            )),
        ],
        rule: Rule::Tokens(&[token("sk", &[at_least(Alphabet::Alnum, 100)])]),
    },
    Detector {
        id: "beamer-api-key",
        group: Group::Secret,
        about: "API keys of Beamer",
        source: "Beamer API documentation, Authentication",
        examples: &[
            Example("«b_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFA»"),
            Example("short b_FAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEF"),
            Example("key=b_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("b_", &[exactly(Alphabet::WordDash, 44)])]),
    },
    Detector {
        id: "alpaca-key-id",
        group: Group::Secret,
        about: "key ids of Alpaca",
        source: "Alpaca documentation, Authentication",
        examples: &[
            Example("KEY: «PKFAKE0000ABCDEXAMPL», and more"),
            Example("short PKFAKE0000ABCDEXAMP"),
            Example("key=PK000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("PK", &[exactly(Alphabet::Upper, 18)])]),
    },
    Detector {
        id: "azure-service-key",
        group: Group::Secret,
        about: "keys of Azure services that carry a mark of their own: storage, databases, search, registries, queues, AI, \
                DevOps",
        source: "Microsoft, Common Annotated Security Keys; Azure documentation, Manage access keys",
        examples: &[
            Example(concat!(
                "key «FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKEJQQJ99FAAC0000abcdXJ3w3AAAB",
                "ACOGfak0»."
            )),
            Example("search: «FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE00AzSefake00»"),
            Example("functions: «FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000AzFufake00==»"),
            Example("hub: «FAKE0000abcdFAKE0000abcdFAKE0000a+AEhAfake0=»"),
            Example(concat!(
                "AccountKey=«FAKE/0000abcdFAKE0000abcdFAKE0000abcdFAKE/000+abcdFAKE0000abcdFAKE0000abcdFA+AStfake0",
                "A==»;EndpointSuffix=core.example"
            )),
            Example("registry: \\n«FAKE0000/bcdFAKE0000abcdFAKE0000abcdFAKE00+ACRAfake0»\\n"),
            Example(concat!(
                "pat «FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKEAZDO",
                "fake», and more"
            )),
            Example("FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE000AzSefake00"),
            Example("FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKEJQQJ98FAAC0000abcdXJ3w3AAABACOGfak0"),
            Example("/srv/«FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE00AzSefake00»/x"),
            Example("aFAKE0000abcdFAKE0000abcdFAKE0000a+AEhAfake0= xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx+AEhxxxxxx="),
        ],
        rule: Rule::At { events: &[Event::Long, Event::Slash], look: look_annotated },
    },
    Detector {
        id: "terraform-cloud-token",
        group: Group::Secret,
        about: "tokens of HCP Terraform and Terraform Enterprise",
        source: "HCP Terraform documentation, API tokens",
        examples: &[
            Example(concat!(
                "token = \"«FAKE0000abcdFA.atlasv1.FAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0000abcdFAKE0",
                "000»\""
            )),
            Example("FAKE0000abcdFA.atlasv1.FAKE0000abcdFAKE0000abcd"),
            Example("xxxxxxxxxxxxxx.atlasv1.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token(
            "",
            &[exactly(Alphabet::Alnum, 14), Piece::Text(".atlasv1."), at_least(Alphabet::WordDash, 60)],
        )]),
    },
    Detector {
        id: "rancher-token",
        group: Group::Secret,
        about: "tokens of Rancher: a name and a key",
        source: "Rancher documentation, API keys",
        examples: &[
            Example("-u '«token-fa4e0:fake0000abcdfake0000abcdfake0000abcdfake0000abcdfake00»'"),
            Example("token: \"«kubeconfig-u-fa4e0:fake0000abcdfake0000abcdfake0000abcdfake0000abcdfake00»\""),
            Example("short token-fa4e0:fake0000abcdfake0000abcdfake0000abcdfake0000abcdfake0"),
            Example("sha256:fake0000abcdfake0000abcdfake0000abcdfake0000abcdfake00"),
        ],
        rule: Rule::Tokens(&[token("", &[exactly(Alphabet::Lower, 54)]).after(Alphabet::Dash, 11, 40, ":")]),
    },
    Detector {
        id: "azure-client-secret",
        group: Group::Secret,
        about: "client secrets of applications in Microsoft Entra ID",
        source: "Microsoft identity platform documentation, Add credentials",
        examples: &[
            Example("secret «FAK8Q~FAKE0000abcdFAKE0000abcdFAKE0000ab» end"),
            Example("\"«a~.0Q~FAKE.000~abcd-AKE_000abcdFAKE0000a»\""),
            Example("FAK8Q~FAKE0000abcd"),
            Example("a path ~/FAK8Q and FAKxQ~FAKE0000abcdFAKE0000abcdFAKE0000abc"),
        ],
        rule: Rule::At { events: &[Event::Tilde], look: look_tilde },
    },
    Detector {
        id: "openshift-token",
        group: Group::Secret,
        about: "access tokens of OpenShift",
        source: "OpenShift documentation, Managing user-owned OAuth access tokens",
        examples: &[
            Example("oc login --token=«sha256~FAKE0000abcd_FAKE0000abcd-FAKE0000abcdFAKE0»"),
            Example("\\n«sha256~FAKE0000abcd_FAKE0000abcd-FAKE0000abcdFAKE0»\\n"),
            Example("sha256~FAKE0000abcd"),
            Example("sha256~xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("sha256~", &[exactly(Alphabet::WordDash, 43)])]),
    },
    Detector {
        id: "asana-access-token",
        group: Group::Secret,
        about: "personal access tokens of Asana",
        source: "Asana documentation, Personal access token",
        examples: &[
            Example("token «1/0000000000000001:0000fa4e0000abcd12340000fa4e0000»"),
            Example("\"«2/0720561938012345/0720561938012345:0000fa4e0000abcd12340000fa4e0000»\""),
            Example("at 1234567890123456:0000fa4e0000abcd12340000fa4e0000"),
            Example("1/0720561938012345:00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("", &[exactly(Alphabet::LowerHex, 32)]).after(Alphabet::DigitSlash, 18, 19, ":"),
            token("", &[exactly(Alphabet::LowerHex, 32)]).after(Alphabet::DigitSlash, 33, 38, ":"),
        ]),
    },
    Detector {
        id: "ghost-admin-key",
        group: Group::Secret,
        about: "keys of Ghost's Admin API: an id and a secret",
        source: "Ghost developer documentation, Admin API token authentication",
        examples: &[
            Example("KEY=«0000fa4e0000abcd12340000:0000fa4e0000abcd12340000fa4e00000000fa4e0000abcd12340000fa4e0000»"),
            Example("sha256:0000fa4e0000abcd12340000fa4e00000000fa4e0000abcd12340000fa4e0000"),
            Example("short 0000fa4e0000abcd12340000:0000fa4e0000abcd12340000fa4e00000000fa4e0000abcd12340000fa4e000"),
        ],
        rule: Rule::Tokens(&[token("", &[exactly(Alphabet::LowerHex, 64)]).after(Alphabet::LowerHex, 24, 24, ":")]),
    },
];

/// A key that carries the mark of the service that it is of at one place.
struct Annotated {
    alphabet: Alphabet,
    /// How many bytes stand before its mark.
    random: usize,
    marks: &'static [&'static str],
    /// How many stand behind it, with no padding, at least and at most.
    check: (usize, usize),
}

const fn annotated(alphabet: Alphabet, random: usize, marks: &'static [&'static str], check: usize) -> Annotated {
    Annotated { alphabet, random, marks, check: (check, check) }
}

/// Keys of sixty-four bytes, of thirty-two, of thirty-nine and of forty, and those that are letters and digits.
const ANNOTATED: &[Annotated] = &[
    annotated(Alphabet::Base64, 76, &["+ASt", "ACDb", "APIM", "+ABa", "+AMC", "+AAE", "AzCa"], 6),
    annotated(Alphabet::Base64, 33, &["+AEh", "+ASb", "+ARm", "AIoT", "AZEG", "APIM", "AzCa"], 6),
    annotated(Alphabet::Base64, 42, &["+ACR"], 6),
    annotated(Alphabet::WordDash, 44, &["AzFu"], 6),
    annotated(Alphabet::Alnum, 42, &["AzSe"], 6),
    annotated(Alphabet::Alnum, 76, &["AZDO"], 4),
    Annotated { alphabet: Alphabet::Base64, random: 52, marks: &["JQQJ99"], check: (20, 38) },
];

impl Annotated {
    /// Where a key starts that ends at `end` and at the earliest begins at `from`.
    fn start(&self, text: &[u8], from: usize, end: usize) -> Option<usize> {
        let (least, most) = self.check;
        self.marks.iter().find_map(|mark| {
            let first = end.saturating_sub(most + mark.len()).max(from + self.random);
            let mut places = (first..=end.checked_sub(least + mark.len())?).rev();
            places.find(|&at| exact_at(text, at, mark.as_bytes()))?.checked_sub(self.random)
        })
    }

    /// The fewest bytes of such a key.
    const fn least(&self) -> usize {
        let [mark, ..] = self.marks else { return usize::MAX };
        self.random + mark.len() + self.check.0
    }
}

/// The shortest of them.
const LEAST_ANNOTATED: usize = {
    let (mut least, mut keys) = (usize::MAX, ANNOTATED);
    while let [key, others @ ..] = keys {
        assert!(
            matches!(key.alphabet, Alphabet::Alnum | Alphabet::Base64 | Alphabet::WordDash),
            "ends are told of these"
        );
        if key.least() < least {
            least = key.least();
        }
        keys = others;
    }
    least
};

/// The longest of them, and what an escape may put before it.
const LONGEST_ANNOTATED: usize = 96;

/// A key around `at`, where base64 starts or goes on: its end tells where its mark is.
fn look_annotated(pass: &mut Pass<'_>, detector: DetectorId, at: usize) {
    let text = pass.text;
    let around = |has: &dyn Fn(u8) -> bool| {
        let length = part(text, at..at + LONGEST_ANNOTATED).iter().take_while(|&&byte| has(byte)).count();
        (skip_back(text, at, LONGEST_ANNOTATED, has), at + length)
    };
    let (from, end) = around(&in_run);
    if end - from < LEAST_ANNOTATED {
        return;
    }
    let base64 = around(&|byte| Alphabet::Base64.has(byte));
    let word_dash = around(&|byte| Alphabet::WordDash.has(byte));
    // Letters and digits are what both have.
    let alnum = (base64.0.max(word_dash.0), base64.1.min(word_dash.1));
    for key in ANNOTATED {
        let (from, end) = match key.alphabet {
            Alphabet::Base64 => base64,
            Alphabet::WordDash => word_dash,
            Alphabet::Alnum => alnum,
            _ => continue,
        };
        let Some(start) = key.start(text, from, end) else { continue };
        let body = part(text, start..end);
        // A line of a diff begins with a sign that may be one of the key.
        let in_diff = start == from + 1 && byte(text, from) == Some(b'+') && is_in_diff(text, start);
        let whole = start == from || after_escape(text, start) || in_diff;
        if whole && body.iter().all(|&byte| key.alphabet.has(byte)) && looks_made(body) {
            pass.report(detector, start, end + padding_at(text, end));
        }
    }
}

/// How long the padding is that stands at `at`.
fn padding_at(text: &[u8], at: usize) -> usize {
    match PADDING {
        Piece::OneOf(texts) => {
            texts.iter().find(|padding| exact_at(text, at, padding.as_bytes())).map_or(0, |p| p.len())
        }
        _ => 0,
    }
}

/// `Q~` after three signs and a digit, and thirty-one signs and more after it.
fn look_tilde(pass: &mut Pass<'_>, detector: DetectorId, tilde: usize) {
    let text = pass.text;
    let sign = |byte: u8| Alphabet::Dotted.has(byte) || byte == b'~';
    let Some(start) = tilde.checked_sub(5) else { return };
    let head = part(text, start..tilde);
    let body = part(text, tilde + 1..tilde + 1 + LONGEST_SECRET + 1);
    let length = body.iter().take_while(|&&byte| sign(byte)).count();
    let made =
        matches!(head, [first @ .., digit, b'Q'] if digit.is_ascii_digit() && first.iter().all(|&byte| sign(byte)));
    if made && (31..=LONGEST_SECRET).contains(&length) && looks_made(body) && starts_word(text, start) {
        pass.report(detector, start, tilde + 1 + length);
    }
}

/// How much follows the mark of a client secret.
const LONGEST_SECRET: usize = 34;
