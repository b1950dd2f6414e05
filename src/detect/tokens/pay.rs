//! Keys of those who move money and sell goods.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "stripe-secret-key",
        group: Group::Secret,
        about: "secret, restricted and organisation keys of Stripe and of those who took over its prefixes",
        source: "Stripe documentation, API keys",
        examples: &[
            Example("«sk_live_FAKE0000_a»"),
            Example("out\\n«rk_sandbox_FAKE0000_a»\\n"),
            Example("short sk_live_FAKE0000_"),
            Example("key=sk_live_xxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            [
                "sk_live_",
                "sk_test_",
                "sk_prod_",
                "rk_live_",
                "rk_test_",
                "rk_prod_",
                "sk_org_",
                "sk_sandbox_",
                "rk_sandbox_",
            ],
            &[at_least(Alphabet::Word, 10)],
        )),
    },
    Detector {
        id: "stripe-publishable-key",
        group: Group::Secret,
        about: "publishable keys of Stripe and of those who took over its prefixes",
        source: "Stripe documentation, API keys",
        examples: &[
            Example("\"«pk_live_FAKE0000_a»\""),
            Example("'«pk_sandbox_FAKE0000_a»'"),
            Example("short pk_live_FAKE0000_"),
            Example("key=pk_live_xxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["pk_live_", "pk_test_", "pk_prod_", "pk_sandbox_"],
            &[at_least(Alphabet::Word, 10)],
        )),
    },
    Detector {
        id: "stripe-ephemeral-key",
        group: Group::Secret,
        about: "ephemeral keys and client secrets of Stripe",
        source: "Stripe API reference, Payment Intents; Stripe documentation, ephemeral keys",
        examples: &[
            Example("KEY: «ek_live_FAKEfake0000abcd_EXA», and more"),
            Example("(«seti_FAKEfake0000ab_secret_FAKEfake0000abcdEXAM»)"),
            Example("short ek_live_FAKEfake0000abcd_EX"),
            Example("key=ek_live_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("ek_live_", &[at_least(Alphabet::Token68, 20)]),
            token("ek_test_", &[at_least(Alphabet::Token68, 20)]),
            token(
                "pi_",
                &[Piece::Run(Alphabet::Alnum, 14, 32), Piece::Text("_secret_"), at_least(Alphabet::Alnum, 20)],
            ),
            token(
                "seti_",
                &[Piece::Run(Alphabet::Alnum, 14, 32), Piece::Text("_secret_"), at_least(Alphabet::Alnum, 20)],
            ),
        ]),
    },
    Detector {
        id: "webhook-signing-secret",
        group: Group::Secret,
        about: "signing secrets of webhooks of Stripe, Svix and who follows Standard Webhooks",
        source: "Standard Webhooks specification, Webhook secrets; Stripe documentation, Webhooks",
        examples: &[
            Example("«whsec_FAKEfake0000abcd_EXAMPLE»"),
            Example("short whsec_FAKEfake0000abcd_EXAMPL"),
            Example("key=whsec_xxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("whsec_", &[at_least(Alphabet::Token68, 24)])]),
    },
    Detector {
        id: "square-token",
        group: Group::Secret,
        about: "access tokens, application secrets and identifiers of Square",
        source: "Square developer documentation, Access tokens and other credentials",
        examples: &[
            Example("'«sq0atp-FAKE0000-abcd_EXAMPL»'"),
            Example("key «EAAAFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM»"),
            Example("short sq0atp-FAKE0000-abcd_EXAMP"),
            Example("key=sq0atp-xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("sq0atp-", &[at_least(Alphabet::WordDash, 20)]),
            token("sq0atb-", &[at_least(Alphabet::WordDash, 20)]),
            token("sq0csp-", &[at_least(Alphabet::WordDash, 20)]),
            token("sq0csb-", &[at_least(Alphabet::WordDash, 20)]),
            token("sq0idp-", &[at_least(Alphabet::WordDash, 20)]),
            token("sq0idb-", &[at_least(Alphabet::WordDash, 20)]),
            token("EAAA", &[exactly(Alphabet::WordDash, 60)]),
        ]),
    },
    Detector {
        id: "braintree-tokenization-key",
        group: Group::Secret,
        about: "tokenization keys of Braintree",
        source: "Braintree developer documentation, Tokenization keys",
        examples: &[
            Example("(«production_fake0000_fake0000abcdexam»)"),
            Example("\"«sandbox_fake0000_fake0000abcdexam»\""),
            Example("short production_fake0000_fake0000abcdexa"),
            Example("key=production_xxxxxxxx_xxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("production_", &[exactly(Alphabet::Lower, 8), Piece::Text("_"), exactly(Alphabet::Lower, 16)]),
            token("sandbox_", &[exactly(Alphabet::Lower, 8), Piece::Text("_"), exactly(Alphabet::Lower, 16)]),
        ]),
    },
    Detector {
        id: "paypal-access-token",
        group: Group::Secret,
        about: "access tokens of PayPal",
        source: "PayPal developer documentation, Get started with REST APIs",
        examples: &[
            Example("«A21AAFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAM»"),
            Example("short A21AAFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXAMPLEFAKE0000-abcd_EXA"),
            Example("key=A21AAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("A21AA", &[at_least(Alphabet::WordDash, 60)])]),
    },
    Detector {
        id: "adyen-api-key",
        group: Group::Secret,
        about: "API keys of Adyen",
        source: "Adyen documentation, API credentials",
        examples: &[
            Example(concat!(
                "key «AQEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXA",
                "MPLEFAKEfake»"
            )),
            Example(concat!(
                "short AQEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EX",
                "AMPLEFAKEfak"
            )),
            Example(concat!(
                "key=AQExxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "xxxxxxxxxxx"
            )),
        ],
        rule: Rule::Tokens(&[token("AQE", &[at_least(Alphabet::Token68, 80)])]),
    },
    Detector {
        id: "checkout-secret-key",
        group: Group::Secret,
        about: "secret and public keys of Checkout.com",
        source: "Checkout.com documentation, API keys",
        examples: &[
            Example("\"«sk_0000fa4e-0000-abcd-1234-00000000fa4e»\""),
            Example("'«pk_sbox_fake0000abcdexamplefake0»'"),
            Example("short sk_0000fa4e-0000-abcd-1234-00000000fa4"),
            Example("key=sk_000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("sk_", &[exactly(Alphabet::HexDash, 36)]),
            token("pk_", &[exactly(Alphabet::HexDash, 36)]),
            token("sk_test_", &[exactly(Alphabet::HexDash, 36)]),
            token("pk_test_", &[exactly(Alphabet::HexDash, 36)]),
            token("sk_sbox_", &[at_least(Alphabet::Lower, 24)]),
            token("pk_sbox_", &[at_least(Alphabet::Lower, 24)]),
        ]),
    },
    Detector {
        id: "razorpay-key",
        group: Group::Secret,
        about: "key ids of Razorpay",
        source: "Razorpay documentation, API keys",
        examples: &[
            Example("«rzp_live_FAKEfake0000ab»"),
            Example("(«rzp_test_FAKEfake0000ab»)"),
            Example("short rzp_live_FAKEfake0000a"),
            Example("key=rzp_live_xxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("rzp_live_", &[at_least(Alphabet::Alnum, 14)]),
            token("rzp_test_", &[at_least(Alphabet::Alnum, 14)]),
        ]),
    },
    Detector {
        id: "mollie-api-key",
        group: Group::Secret,
        about: "API keys and access tokens of Mollie",
        source: "Mollie documentation, Authentication",
        examples: &[
            Example("out\\n«live_FAKEfake0000abcdEXAMPLEFAKEfak»\\n"),
            Example("--key=«access_FAKEfake0000abcdEXAMPLEFAKEfak» -v"),
            Example("short live_FAKEfake0000abcdEXAMPLEFAKEfa"),
            Example("key=live_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(["live_", "test_", "access_"], &[exactly(Alphabet::Alnum, 30)])),
    },
    Detector {
        id: "flutterwave-key",
        group: Group::Secret,
        about: "public, secret and encryption keys of Flutterwave",
        source: "Flutterwave documentation, API keys",
        examples: &[
            Example("'«FLWSECK-FAKE0000-abc»'"),
            Example("key «FLWPUBK_TEST-FAKE0000-abc»"),
            Example("ENCRYPTION_KEY=«FLWSECK_TEST0000fa4e00ab»"),
            Example("short FLWSECK_TEST0000fa4e00a and FLWSECK_TEST_ENABLED"),
            Example("short FLWSECK-FAKE0000-ab"),
            Example("key=FLWSECK-xxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("FLWSECK-", &[at_least(Alphabet::Dash, 12)]),
            token("FLWSECK_TEST-", &[at_least(Alphabet::Dash, 12)]),
            token("FLWPUBK-", &[at_least(Alphabet::Dash, 12)]),
            token("FLWPUBK_TEST-", &[at_least(Alphabet::Dash, 12)]),
            // Those that encrypt have no dash.
            token("FLWSECK", &[exactly(Alphabet::LowerHex, 12)]),
            token("FLWSECK_TEST", &[exactly(Alphabet::LowerHex, 12)]),
        ]),
    },
    Detector {
        id: "klarna-api-key",
        group: Group::Secret,
        about: "API keys of Klarna",
        source: "Klarna documentation, API keys",
        examples: &[
            Example("«klarna_live_api_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd»"),
            Example("\"«klarna_test_api_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd»\""),
            Example("short klarna_live_api_FAKEfake0000abcd_EXAMPLEFAKEfake0000abc"),
            Example("key=klarna_live_api_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("klarna_live_api_", &[at_least(Alphabet::Token68, 40)]),
            token("klarna_test_api_", &[at_least(Alphabet::Token68, 40)]),
        ]),
    },
    Detector {
        id: "cashfree-secret-key",
        group: Group::Secret,
        about: "secret keys of Cashfree",
        source: "Cashfree documentation, API keys",
        examples: &[
            Example("--key=«cfsk_ma_prod_0000fa4e0000abcd12340000fa4e0000_0000fa4e» -v"),
            Example("KEY: «cfsk_ma_test_0000fa4e0000abcd12340000fa4e0000_0000fa4e», and more"),
            Example("short cfsk_ma_prod_0000fa4e0000abcd12340000fa4e0000_0000fa4"),
            Example("key=cfsk_ma_prod_00000000000000000000000000000000_00000000"),
        ],
        rule: Rule::Tokens(&[
            token(
                "cfsk_ma_prod_",
                &[exactly(Alphabet::LowerHex, 32), Piece::Text("_"), exactly(Alphabet::LowerHex, 8)],
            ),
            token(
                "cfsk_ma_test_",
                &[exactly(Alphabet::LowerHex, 32), Piece::Text("_"), exactly(Alphabet::LowerHex, 8)],
            ),
        ]),
    },
    Detector {
        id: "midtrans-server-key",
        group: Group::Secret,
        about: "server and client keys of Midtrans",
        source: "Midtrans documentation, Access keys",
        examples: &[
            Example("key «Mid-server-FAKE0000-abcd_EX»"),
            Example("out\\n«SB-Mid-client-FAKE0000-abcd_EX»\\n"),
            Example("short Mid-server-FAKE0000-abcd_E"),
            Example("key=Mid-server-xxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["Mid-server-", "Mid-client-", "SB-Mid-server-", "SB-Mid-client-"],
            &[Piece::Run(Alphabet::WordDash, 16, 32)],
        )),
    },
    Detector {
        id: "xendit-api-key",
        group: Group::Secret,
        about: "API keys of Xendit",
        source: "Xendit documentation, API keys",
        examples: &[
            Example("«xnd_production_FAKEfake0000abcdEXAMPLEFAKEfak»"),
            Example("'«xnd_public_development_FAKEfake0000abcdEXAMPLEFAKEfak»'"),
            Example("short xnd_production_FAKEfake0000abcdEXAMPLEFAKEfa"),
            Example("key=xnd_production_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["xnd_production_", "xnd_development_", "xnd_public_production_", "xnd_public_development_"],
            &[at_least(Alphabet::Alnum, 30)],
        )),
    },
    Detector {
        id: "omise-key",
        group: Group::Secret,
        about: "secret and public keys of Omise",
        source: "Omise documentation, Authentication",
        examples: &[
            Example("KEY: «skey_fake0000abcdexample», and more"),
            Example("(«pkey_test_fake0000abcdexample»)"),
            Example("short skey_fake0000abcdexampl"),
            Example("key=skey_xxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["skey_", "skey_test_", "pkey_", "pkey_test_"],
            &[Piece::Run(Alphabet::Lower, 19, 20)],
        )),
    },
    Detector {
        id: "mercado-pago-token",
        group: Group::Secret,
        about: "access tokens and public keys of Mercado Pago",
        source: "Mercado Pago developers, Credentials",
        examples: &[
            Example("out\\n«APP_USR-0720561938-012345-0000fa4e0000abcd12340000fa4e0000-012345»\\n"),
            Example("--key=«TEST-0000fa4e-0000-abcd-1234-00000000fa4e» -v"),
            Example("short APP_USR-0720561938-012345-0000fa4e0000abcd12340000fa4e0000-01234"),
            Example("key=APP_USR-0000000000-000000-00000000000000000000000000000000-000000"),
        ],
        rule: Rule::Tokens(&[
            token(
                "APP_USR-",
                &[
                    Piece::Run(Alphabet::Digit, 10, 18),
                    Piece::Text("-"),
                    exactly(Alphabet::Digit, 6),
                    Piece::Text("-"),
                    exactly(Alphabet::LowerHex, 32),
                    Piece::Text("-"),
                    Piece::Run(Alphabet::Digit, 6, 12),
                ],
            ),
            token(
                "TEST-",
                &[
                    Piece::Run(Alphabet::Digit, 10, 18),
                    Piece::Text("-"),
                    exactly(Alphabet::Digit, 6),
                    Piece::Text("-"),
                    exactly(Alphabet::LowerHex, 32),
                    Piece::Text("-"),
                    Piece::Run(Alphabet::Digit, 6, 12),
                ],
            ),
            token("APP_USR-", &[exactly(Alphabet::HexDash, 36)]),
            token("TEST-", &[exactly(Alphabet::HexDash, 36)]),
        ]),
    },
    Detector {
        id: "asaas-api-key",
        group: Group::Secret,
        about: "API keys of Asaas",
        source: "Asaas developer documentation, Authentication",
        examples: &[
            Example("«aact_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000»"),
            Example("key «aach_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000»"),
            Example("short aact_FAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake000"),
            Example("key=aact_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("aact_", &[at_least(Alphabet::Token68, 60)]),
            token("aach_", &[at_least(Alphabet::Token68, 60)]),
        ]),
    },
    Detector {
        id: "conekta-api-key",
        group: Group::Secret,
        about: "API keys of Conekta",
        source: "Conekta documentation, Authentication",
        examples: &[
            Example("(«key_FAKEfake0000abcdEXAM»)"),
            Example("short key_FAKEfake0000abcdEXA"),
            Example("key=key_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("key_", &[Piece::Run(Alphabet::Alnum, 20, 24)])]),
    },
    Detector {
        id: "sumup-api-key",
        group: Group::Secret,
        about: "API keys of SumUp",
        source: "SumUp developer documentation, API keys",
        examples: &[
            Example("--key=«sup_sk_FAKEfake0000abcdEXAM» -v"),
            Example("KEY: «sup_afk_FAKEfake0000abcdEXAM», and more"),
            Example("short sup_sk_FAKEfake0000abcdEXA"),
            Example("key=sup_sk_xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(["sup_sk_", "sup_pk_", "sup_afk_"], &[at_least(Alphabet::Alnum, 20)])),
    },
    Detector {
        id: "rapyd-key",
        group: Group::Secret,
        about: "access and secret keys of Rapyd",
        source: "Rapyd documentation, Authentication",
        examples: &[
            Example("«rak_0000FACE0000ABCD1234»"),
            Example("out\\n«rsk_0000fa4e0000abcd12340000fa4e0000abcd12340000fa4e0000abcd1234»\\n"),
            Example("short rak_0000FACE0000ABCD123"),
            Example("key=rak_00000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("rak_", &[exactly(Alphabet::UpperHex, 20)]),
            token("rsk_", &[at_least(Alphabet::LowerHex, 60)]),
        ]),
    },
    Detector {
        id: "toss-payments-key",
        group: Group::Secret,
        about: "secret and client keys of Toss Payments and of PostGrid",
        source: "Toss Payments developers, API keys; PostGrid documentation",
        examples: &[
            Example("\"«live_sk_FAKEfake0000abcdEX»\""),
            Example("'«test_gck_FAKEfake0000abcdEX»'"),
            Example("short live_sk_FAKEfake0000abcdE"),
            Example("key=live_sk_xxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["live_sk_", "test_sk_", "live_gsk_", "test_gsk_", "live_ck_", "test_ck_", "live_gck_", "test_gck_"],
            &[at_least(Alphabet::Alnum, 18)],
        )),
    },
];
