//! Vendors whose name alone names a key of theirs: `new_relic: "…"`, `SENDBIRD_KEY=…`.
//!
//! Must not know what follows a name.

use super::super::endings::Endings;
use super::super::text::{before, folded_before};

/// In their order; a blank in a name stands for `_`, `-`, a blank, or nothing.
const VENDORS: &[&[u8]; 170] = &[
    b"adafruit",
    b"adobe",
    b"airtable",
    b"algolia",
    b"alibaba",
    b"aliyun",
    b"amplitude",
    b"anthropic",
    b"artifactory",
    b"asana",
    b"assembly_ai",
    b"assemblyai",
    b"atlassian",
    b"azure",
    b"bintray",
    b"bit bucket",
    b"bitly",
    b"bittrex",
    b"brevo",
    b"bugsnag",
    b"buildkite",
    b"calendly",
    b"circleci",
    b"civo",
    b"clearbit",
    b"clickup",
    b"cloudflare",
    b"cloudinary",
    b"codecov",
    b"cohere",
    b"coinbase",
    b"coinlib",
    b"configcat",
    b"confluence",
    b"confluent",
    b"contentful",
    b"couchbase",
    b"coveralls",
    b"databricks",
    b"datadog",
    b"deepgram",
    b"digital ocean",
    b"discord",
    b"docusign",
    b"drone-ci",
    b"drone_ci",
    b"droneci",
    b"dropbox",
    b"duffel",
    b"dynatrace",
    b"etherscan",
    b"etsy",
    b"facebook",
    b"fastly",
    b"figma",
    b"finicity",
    b"finnhub",
    b"flickr",
    b"flutterwave",
    b"foursquare",
    b"fresh books",
    b"gemini",
    b"gitea",
    b"github",
    b"gitlab",
    b"gitter",
    b"gumroad",
    b"heroku",
    b"honeycomb",
    b"hub spot",
    b"hugging face",
    b"ibm cloud",
    b"ibmcloud",
    b"influxdb",
    b"infura",
    b"intercom",
    b"ipinfo",
    b"ipstack",
    b"jfrog",
    b"jira",
    b"jumpcloud",
    b"kagi",
    b"klaviyo",
    b"kraken",
    b"kucoin",
    b"launch darkly",
    b"linear",
    b"linked-in",
    b"linked_in",
    b"linkedin",
    b"linode",
    b"loggly",
    b"logzio",
    b"lokalise",
    b"looker",
    b"mail chimp",
    b"mailgun",
    b"mandrill",
    b"mapbox",
    b"mattermost",
    b"meraki",
    b"message bird",
    b"mistral",
    b"mixpanel",
    b"netlify",
    b"new relic",
    b"new york times",
    b"ny times",
    b"okta",
    b"ollama",
    b"open weather map",
    b"openai",
    b"openrouter",
    b"opsgenie",
    b"pager duty",
    b"pinecone",
    b"plaid",
    b"posthog",
    b"postman",
    b"postmark",
    b"private-ai",
    b"private_ai",
    b"privateai",
    b"pubnub",
    b"pusher",
    b"rapid api",
    b"raygun",
    b"razorpay",
    b"rollbar",
    b"scaleway",
    b"scrapingbee",
    b"send bird",
    b"send grid",
    b"sentry",
    b"shodan",
    b"shopify",
    b"sidekiq",
    b"slack",
    b"snyk",
    b"sonarqube",
    b"sparkpost",
    b"splunk",
    b"squarespace",
    b"statuspage",
    b"stripe",
    b"sumo",
    b"sumo logic",
    b"tavily",
    b"telegram",
    b"tomtom",
    b"travis",
    b"travis-ci",
    b"travis_ci",
    b"travisci",
    b"trello",
    b"twilio",
    b"twitch",
    b"twitter",
    b"typeform",
    b"upstage",
    b"vercel",
    b"virus total",
    b"vultr",
    b"wakatime",
    b"wandb",
    b"weatherstack",
    b"webflow",
    b"yandex",
    b"zapier",
    b"zendesk",
];

/// What they end in: the last word of each.
pub(in crate::detect) static VENDOR_ENDINGS: Endings<{ VENDORS.len() }> = {
    let (mut words, mut vendors): ([&[u8]; VENDORS.len()], &[&[u8]]) = ([b""; VENDORS.len()], VENDORS);
    let mut free: &mut [&[u8]] = &mut words;
    while let ([place, places @ ..], [vendor, others @ ..]) = (free, vendors) {
        *place = last_word(vendor);
        assert!(place.len() > 2, "its last word has three letters and more");
        (free, vendors) = (places, others);
    }
    Endings::of(&words)
};

const fn last_word(vendor: &'static [u8]) -> &'static [u8] {
    let (mut word, mut rest) = (vendor, vendor);
    while let [first, others @ ..] = rest {
        if *first == b' ' {
            word = others;
        }
        rest = others;
    }
    word
}

/// Where the name of a vendor starts that ends at `end`, if one does.
pub(super) fn start_of(text: &[u8], end: usize) -> Option<usize> {
    VENDOR_ENDINGS.before(text, end).find_map(|(at, _)| {
        let mut words = VENDORS.get(at)?.rsplit(|&byte| byte == b' ');
        let last = folded_before(text, end, words.next()?)?;
        words.try_fold(last, |start, word| {
            let joined = matches!(before(text, start), Some(b'_' | b'-' | b' '));
            folded_before(text, start - usize::from(joined), word)
        })
    })
}
