//! Addresses by prefix: whose network is this?
//!
//! Must not know requests. Keeps I2: an address that hides an IPv4 one in an IPv6 one counts as what it hides, so that
//! the same client is the same on either kind of socket.

use alloc::vec::Vec;
use core::net::{IpAddr, Ipv6Addr, SocketAddr};

use crate::admission::Tenant;

/// Tenants by networks.
#[derive(Clone, Debug, PartialEq)]
pub struct Networks(Vec<(Network, Tenant)>);

/// An address and how many of its bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Network {
    address: IpAddr,
    bits: u32,
}

impl Networks {
    pub(super) fn new(networks: Vec<(Network, Tenant)>) -> Self {
        Self(networks)
    }

    /// Whose the address is: the longest prefix says.
    pub(crate) fn find(&self, address: IpAddr) -> Option<&Tenant> {
        let address = address.to_canonical();
        let found = self.0.iter().filter(|(network, _)| network.holds(address)).max_by_key(|(network, _)| network.bits);
        found.map(|(_, tenant)| tenant)
    }

    /// How many networks there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The tenants, once for each network.
    pub(crate) fn tenants(&self) -> impl Iterator<Item = &Tenant> {
        self.0.iter().map(|(_, tenant)| tenant)
    }

    /// Reads an address as hosts have it: bare, or with a port.
    pub(crate) fn address(text: &str) -> Option<IpAddr> {
        text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
    }
}

impl Network {
    /// Reads `10.1.0.0/16`, or an address alone; what is wrong otherwise.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        const EXPECTED: &str = "expected a network, as in 10.1.0.0/16 or 2001:db8::/32";
        let (address, bits) = match text.split_once('/') {
            None => (text, None),
            Some((address, bits)) => (address, Some(bits)),
        };
        let address: IpAddr = address.parse().map_err(|_| EXPECTED)?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => most,
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().map_err(|_| EXPECTED)?,
            Some(_) => return Err(EXPECTED),
        };
        if bits > most {
            return Err("the prefix is longer than the address");
        }
        if address.to_canonical() != address {
            return Err("an IPv4 address inside an IPv6 one counts as the IPv4 address; write that");
        }
        let network = Self { address, bits };
        if masked(widened(address), network.bits_of_128()) != widened(address) {
            return Err("the address has bits beyond its prefix; is the prefix too short?");
        }
        Ok(network)
    }

    fn holds(&self, address: IpAddr) -> bool {
        let bits = self.bits_of_128();
        self.address.is_ipv4() == address.is_ipv4() && masked(widened(address), bits) == widened(self.address)
    }

    fn bits_of_128(&self) -> u32 {
        if self.address.is_ipv4() { self.bits + 96 } else { self.bits }
    }
}

fn widened(address: IpAddr) -> u128 {
    let wide: Ipv6Addr = match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    };
    wide.to_bits()
}

fn masked(address: u128, bits: u32) -> u128 {
    // Shifting by all 128 bits is no shift.
    address & u128::MAX.checked_shl(128u32.saturating_sub(bits)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn networks(table: &[(&str, &str)]) -> Networks {
        let read =
            |(network, tenant): &(&str, &str)| (Network::parse(network).unwrap(), Tenant::parse(tenant).unwrap());
        Networks::new(table.iter().map(read).collect())
    }

    /// Scenario: nested networks of both kinds, in no order, and addresses at their edges.
    /// Guarantees: the longest prefix says whose an address is; no kind of address is taken for the other.
    #[test]
    fn the_longest_prefix_wins() {
        let table =
            [("10.0.0.0/8", "a"), ("10.1.2.3", "d"), ("10.1.0.0/16", "b"), ("2001:db8::/32", "e"), ("::/0", "f")];
        let networks = networks(&table);
        let find = |text: &str| networks.find(Networks::address(text).unwrap()).map(Tenant::as_str);
        for (address, tenant) in [
            ("10.0.255.255", Some("a")),
            ("10.1.0.0", Some("b")),
            ("10.1.255.255:4317", Some("b")),
            ("10.1.2.3", Some("d")),
            ("::ffff:10.1.2.3", Some("d")),
            ("[::ffff:10.2.0.0]:443", Some("a")),
            ("11.0.0.0", None),
            ("2001:db8:ffff::1", Some("e")),
            ("2001:db9::", Some("f")),
            ("[2001:db8::1]:443", Some("e")),
            ("::1", Some("f")),
        ] {
            assert_eq!(find(address), tenant, "{address}");
        }
    }

    #[test]
    fn what_is_no_network_says_what_is_expected() {
        for (text, wrong) in [
            ("", "expected a network"),
            ("10.1.0.0/", "expected a network"),
            ("10.1.0.0/+8", "expected a network"),
            ("10.1.0.0/99999999999", "expected a network"),
            ("10.1.0/16", "expected a network"),
            ("corp.example", "expected a network"),
            ("10.1.0.0/33", "the prefix is longer"),
            ("2001:db8::/129", "the prefix is longer"),
            ("10.1.2.0/16", "the address has bits beyond"),
            ("::1/0", "the address has bits beyond"),
            ("::ffff:10.0.0.0/104", "an IPv4 address inside"),
        ] {
            assert!(Network::parse(text).unwrap_err().starts_with(wrong), "{text}");
        }
        assert!(Networks::address("10.0.0.1:99999").is_none() && Networks::address("unix:/x").is_none());
    }
}
