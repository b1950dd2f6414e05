//! Private keys of wallets, and keys of exchanges and of those who run nodes.
//!
//! Must not know how tokens are found.

use super::{Piece, at_least, exactly, token, tokens};
use crate::detect::registry::{Detector, Example, Group, Rule};
use crate::detect::text::Alphabet;

pub(in crate::detect) const SHELF: &[Detector] = &[
    Detector {
        id: "extended-private-key",
        group: Group::Secret,
        about: "extended private keys of wallets",
        source: "BIP 32, Serialization format; SLIP-0132",
        examples: &[
            Example(concat!(
                "«xprvFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdEX",
                "AMP2EFAKE1111abcdEXAMP2EFAKE1111abcd»"
            )),
            Example(concat!(
                "out\\n«VprvFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111",
                "abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcd»\\n"
            )),
            Example(concat!(
                "short xprvFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111a",
                "bcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abc"
            )),
            Example(concat!(
                "key=xprv00000000000000000000000000000000000000000000000000000000000000000000",
                "000000000000000000000000000000000000000"
            )),
        ],
        rule: Rule::Tokens(&tokens(
            ["xprv", "yprv", "zprv", "tprv", "uprv", "vprv", "Yprv", "Zprv", "Uprv", "Vprv"],
            &[exactly(Alphabet::Base58, 107)],
        )),
    },
    Detector {
        id: "bip38-private-key",
        group: Group::Secret,
        about: "private keys under a passphrase",
        source: "BIP 38, Passphrase-protected private key",
        examples: &[
            Example("\"«6PRFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP»\""),
            Example("'«6PoFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP»'"),
            Example("short 6PRFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdEXAM"),
            Example("key=6PR0000000000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&tokens(["6PR", "6PY", "6Pf", "6Pg", "6Pn", "6Po"], &[exactly(Alphabet::Base58, 55)])),
    },
    Detector {
        id: "nostr-secret-key",
        group: Group::Secret,
        about: "secret keys of Nostr, plain and encrypted",
        source: "NIP-19, bech32-encoded entities; NIP-49",
        examples: &[
            Example("KEY: «nsec1fake0000acde234xamp2efake0000acde234xamp2efake0000acde234x», and more"),
            Example(concat!(
                "(«ncryptsec1fake0000acde234xamp2efake0000acde234xamp2efake0000acde234xamp2ef",
                "ake0000acde234xamp2efake0000acde234x»)"
            )),
            Example("short nsec1fake0000acde234xamp2efake0000acde234xamp2efake0000acde234"),
            Example("key=nsec1AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ],
        rule: Rule::Tokens(&[
            token("nsec1", &[exactly(Alphabet::Bech32, 58)]),
            token("ncryptsec1", &[at_least(Alphabet::Bech32, 100)]),
        ]),
    },
    Detector {
        id: "bech32-private-key",
        group: Group::Secret,
        about: "private keys of Sui, Cardano and Zcash in bech32",
        source: "Sui documentation, SIP-15; CIP-5, Common bech32 prefixes; ZIP 32",
        examples: &[
            Example("«suiprivkey1fake0000acde234xamp2efake0000acde234xamp2efake0000acde234x»"),
            Example(concat!(
                "--key=«secret-extended-key-test1fake0000acde234xamp2efake0000acde234xamp2efa",
                "ke0000acde234xamp2efake0000acde234xamp2efake0000acde234xamp2efake0000acde234",
                "xamp2efake0000acde234xamp2efake0000acde234xamp2efake0000acde234xamp2efake000",
                "0acd» -v"
            )),
            Example("short suiprivkey1fake0000acde234xamp2efake0000acde234xamp2efake0000acde234"),
            Example("key=suiprivkey1AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ],
        rule: Rule::Tokens(&[
            token("suiprivkey1", &[at_least(Alphabet::Bech32, 58)]),
            token("addr_xsk1", &[at_least(Alphabet::Bech32, 50)]),
            token("acct_xsk1", &[at_least(Alphabet::Bech32, 50)]),
            token("root_xsk1", &[at_least(Alphabet::Bech32, 50)]),
            token("stake_xsk1", &[at_least(Alphabet::Bech32, 50)]),
            token("ed25519e_sk1", &[at_least(Alphabet::Bech32, 50)]),
            token("ed25519_sk1", &[at_least(Alphabet::Bech32, 50)]),
            token("addr_sk1", &[at_least(Alphabet::Bech32, 50)]),
            token("stake_sk1", &[at_least(Alphabet::Bech32, 50)]),
            token("kes_sk1", &[at_least(Alphabet::Bech32, 50)]),
            token("vrf_sk1", &[at_least(Alphabet::Bech32, 50)]),
            token("drep_sk1", &[at_least(Alphabet::Bech32, 50)]),
            token("secret-extended-key-main1", &[at_least(Alphabet::Bech32, 200)]),
            token("secret-extended-key-test1", &[at_least(Alphabet::Bech32, 200)]),
        ]),
    },
    Detector {
        id: "tezos-secret-key",
        group: Group::Secret,
        about: "secret keys of Tezos, plain and encrypted",
        source: "Octez documentation, Base58check prefixes",
        examples: &[
            Example("'«edskFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcd»'"),
            Example(concat!("key «p2esk1FAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111", "abcdE»")),
            Example("short edskFAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE1111abc"),
            Example("key=edsk00000000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("edsk", &[exactly(Alphabet::Base58, 50)]),
            token("spsk", &[exactly(Alphabet::Base58, 50)]),
            token("p2sk", &[exactly(Alphabet::Base58, 50)]),
            token("edsk", &[exactly(Alphabet::Base58, 94)]),
            token("edesk1", &[at_least(Alphabet::Base58, 70)]),
            token("spesk1", &[at_least(Alphabet::Base58, 70)]),
            token("p2esk1", &[at_least(Alphabet::Base58, 70)]),
        ]),
    },
    Detector {
        id: "eosio-private-key",
        group: Group::Secret,
        about: "private keys of EOSIO chains",
        source: "EOSIO documentation, Keys and signatures",
        examples: &[
            Example("(«PVT_K1_FAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE111»)"),
            Example("\"«PVT_WA_FAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE111»\""),
            Example("short PVT_K1_FAKE1111abcdEXAMP2EFAKE1111abcdEXAMP2EFAKE11"),
            Example("key=PVT_K1_000000000000000000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&tokens(["PVT_K1_", "PVT_R1_", "PVT_WA_"], &[Piece::Run(Alphabet::Base58, 45, 52)])),
    },
    Detector {
        id: "xrp-ed25519-seed",
        group: Group::Secret,
        about: "seeds of Ed25519 keys of the XRP Ledger",
        source: "XRP Ledger documentation, base58 encodings",
        examples: &[
            Example("«sEdFAKE1111abcdEXAMP2EFAKE1111a»"),
            Example("short sEdFAKE1111abcdEXAMP2EFAKE1111"),
            Example("key=sEd0000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[token("sEd", &[exactly(Alphabet::Base58, 28)])]),
    },
    Detector {
        id: "aptos-private-key",
        group: Group::Secret,
        about: "private keys of Aptos",
        source: "AIP-80, Standardize private key format",
        examples: &[
            Example(concat!(
                "key «ed25519-priv-0x0000Fa4e0000abcd12340000Fa4e0000abcd12340000Fa4e0000abcd",
                "12340000»"
            )),
            Example(concat!(
                "out\\n«secp256k1-priv-0x0000Fa4e0000abcd12340000Fa4e0000abcd12340000Fa4e0000",
                "abcd12340000»\\n"
            )),
            Example(concat!(
                "short ed25519-priv-0x0000Fa4e0000abcd12340000Fa4e0000abcd12340000Fa4e0000abc",
                "d1234000"
            )),
            Example(concat!("key=ed25519-priv-0x000000000000000000000000000000000000000000000000000000000", "0000000")),
        ],
        rule: Rule::Tokens(&[
            token("ed25519-priv-0x", &[exactly(Alphabet::Hex, 64)]),
            token("secp256k1-priv-0x", &[exactly(Alphabet::Hex, 64)]),
        ]),
    },
    Detector {
        id: "lnd-macaroon",
        group: Group::Secret,
        about: "macaroons of LND",
        source: "LND documentation, Macaroons",
        examples: &[
            Example(concat!(
                "\"«0201036c6e640000Fa4e0000abcd12340000Fa4e0000abcd12340000Fa4e0000abcd12340",
                "000Fa4e0000abcd1234»\""
            )),
            Example(concat!(
                "'«AgEDbG5kFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_EXAMPLEFAKEfake0000abcd_E",
                "XAMPLEFAKEfake»'"
            )),
            Example(concat!(
                "short 0201036c6e640000Fa4e0000abcd12340000Fa4e0000abcd12340000Fa4e0000abcd12",
                "340000Fa4e0000abcd123"
            )),
            Example(concat!(
                "key=0201036c6e64000000000000000000000000000000000000000000000000000000000000",
                "00000000000000000000"
            )),
        ],
        rule: Rule::Tokens(&[
            token("0201036c6e64", &[at_least(Alphabet::Hex, 80)]),
            token("AgEDbG5k", &[at_least(Alphabet::Token68, 80)]),
        ]),
    },
    Detector {
        id: "node-provider-url",
        group: Group::Secret,
        about: "keys in the addresses of Infura, Alchemy and QuickNode",
        source: "Infura, Alchemy and QuickNode documentation, endpoints",
        examples: &[
            Example("«mainnet.infura.io/v3/0000fa4e0000abcd12340000fa4e0000»"),
            Example("(«sepolia.quiknode.pro/0000fa4e0000abcd12340000fa4e0000abcd1234»)"),
            Example("short mainnet.infura.io/v3/0000fa4e0000abcd12340000fa4e000"),
            Example("key=mainnet.infura.io/v3/00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("mainnet.infura.io/", &[Piece::OneOf(&["v3/", "ws/v3/"]), exactly(Alphabet::LowerHex, 32)]),
            token("sepolia.infura.io/", &[Piece::OneOf(&["v3/", "ws/v3/"]), exactly(Alphabet::LowerHex, 32)]),
            token("holesky.infura.io/", &[Piece::OneOf(&["v3/", "ws/v3/"]), exactly(Alphabet::LowerHex, 32)]),
            token("testnet.infura.io/", &[Piece::OneOf(&["v3/", "ws/v3/"]), exactly(Alphabet::LowerHex, 32)]),
            token(
                "mainnet.g.alchemy.com/",
                &[Piece::OneOf(&["v2/", "v3/", "nft/v2/", "nft/v3/"]), Piece::Run(Alphabet::WordDash, 30, 40)],
            ),
            token(
                "sepolia.g.alchemy.com/",
                &[Piece::OneOf(&["v2/", "v3/", "nft/v2/", "nft/v3/"]), Piece::Run(Alphabet::WordDash, 30, 40)],
            ),
            token(
                "holesky.g.alchemy.com/",
                &[Piece::OneOf(&["v2/", "v3/", "nft/v2/", "nft/v3/"]), Piece::Run(Alphabet::WordDash, 30, 40)],
            ),
            token(
                "testnet.g.alchemy.com/",
                &[Piece::OneOf(&["v2/", "v3/", "nft/v2/", "nft/v3/"]), Piece::Run(Alphabet::WordDash, 30, 40)],
            ),
            token(
                "devnet.g.alchemy.com/",
                &[Piece::OneOf(&["v2/", "v3/", "nft/v2/", "nft/v3/"]), Piece::Run(Alphabet::WordDash, 30, 40)],
            ),
            token("mainnet.quiknode.pro/", &[exactly(Alphabet::LowerHex, 40)]),
            token("testnet.quiknode.pro/", &[exactly(Alphabet::LowerHex, 40)]),
            token("devnet.quiknode.pro/", &[exactly(Alphabet::LowerHex, 40)]),
            token("sepolia.quiknode.pro/", &[exactly(Alphabet::LowerHex, 40)]),
        ]),
    },
    Detector {
        id: "alchemy-auth-token",
        group: Group::Secret,
        about: "auth tokens of Alchemy",
        source: "Alchemy documentation, Notify API",
        examples: &[
            Example("out\\n«alcht_FAKEfake0000abcdEXAMPLEFAKEf»\\n"),
            Example("--key=«alch_FAKEfake0000abcdEXAMPLEFAKEf» -v"),
            Example("short alcht_FAKEfake0000abcdEXAMPLEFAKE"),
            Example("key=alcht_xxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("alcht_", &[at_least(Alphabet::Alnum, 28)]),
            token("alch_", &[at_least(Alphabet::Alnum, 28)]),
        ]),
    },
    Detector {
        id: "blockfrost-project-id",
        group: Group::Secret,
        about: "project ids of Blockfrost",
        source: "Blockfrost documentation, Authentication",
        examples: &[
            Example("'«mainnetFAKEfake0000abcdEXAMPLEFAKEfake0»'"),
            Example("key «ipfsFAKEfake0000abcdEXAMPLEFAKEfake0»"),
            Example("short mainnetFAKEfake0000abcdEXAMPLEFAKEfake"),
            Example("key=mainnetxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&tokens(
            ["mainnet", "preprod", "preview", "testnet", "ipfs"],
            &[exactly(Alphabet::Alnum, 32)],
        )),
    },
    Detector {
        id: "dynamic-api-token",
        group: Group::Secret,
        about: "API tokens of Dynamic",
        source: "Dynamic documentation, API tokens",
        examples: &[
            Example("«dyn_FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAKE»"),
            Example("short dyn_FAKEfake0000abcdEXAMPLEFAKEfake0000abcdEXAMPLEFAK"),
            Example("key=dyn_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("dyn_", &[at_least(Alphabet::Alnum, 50)])]),
    },
    Detector {
        id: "coingecko-api-key",
        group: Group::Secret,
        about: "API keys of CoinGecko",
        source: "CoinGecko API documentation, Authentication",
        examples: &[
            Example("--key=«CG-FAKEfake0000abcdEXAMPL» -v"),
            Example("short CG-FAKEfake0000abcdEXAMP"),
            Example("key=CG-xxxxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[token("CG-", &[Piece::Run(Alphabet::Alnum, 22, 26)])]),
    },
    Detector {
        id: "gemini-exchange-key",
        group: Group::Secret,
        about: "API keys of the exchange Gemini",
        source: "Gemini REST API documentation, Private API invocation",
        examples: &[
            Example("key «account-FAKEfake0000abcdEXAM»"),
            Example("out\\n«master-FAKEfake0000abcdEXAM»\\n"),
            Example("short account-FAKEfake0000abcdEXA"),
            Example("key=account-xxxxxxxxxxxxxxxxxxxx"),
        ],
        rule: Rule::Tokens(&[
            token("account-", &[exactly(Alphabet::Alnum, 20)]),
            token("master-", &[exactly(Alphabet::Alnum, 20)]),
        ]),
    },
    Detector {
        id: "covalent-api-key",
        group: Group::Secret,
        about: "API keys of Covalent",
        source: "Covalent documentation, Authentication",
        examples: &[
            Example("«ckey_0000fa4e0000abcd12340000fa4»"),
            Example("'«cqt_rFAKEfake0000abcdEXAMPLEF»'"),
            Example("short ckey_0000fa4e0000abcd12340000fa"),
            Example("key=ckey_000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("ckey_", &[exactly(Alphabet::LowerHex, 27)]),
            token("cqt_", &[at_least(Alphabet::Alnum, 24)]),
            token("cqt_w", &[at_least(Alphabet::Alnum, 24)]),
            token("cqt_r", &[at_least(Alphabet::Alnum, 24)]),
        ]),
    },
    Detector {
        id: "zerion-api-key",
        group: Group::Secret,
        about: "API keys of Zerion",
        source: "Zerion API documentation, Authentication",
        examples: &[
            Example("KEY: «zk_dev_0000fa4e0000abcd12340000fa4e0000», and more"),
            Example("(«zk_prod_0000fa4e0000abcd12340000fa4e0000»)"),
            Example("short zk_dev_0000fa4e0000abcd12340000fa4e000"),
            Example("key=zk_dev_00000000000000000000000000000000"),
        ],
        rule: Rule::Tokens(&[
            token("zk_dev_", &[exactly(Alphabet::LowerHex, 32)]),
            token("zk_prod_", &[exactly(Alphabet::LowerHex, 32)]),
        ]),
    },
];
