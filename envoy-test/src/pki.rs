//! Certificates of made-up authorities, for servers and clients.
//!
//! Must not know what they are to prove.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::string::Ia5String;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose, SanType};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

/// An authority.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A certificate and its key.
pub struct Identity {
    /// The certificate.
    pub certificate: CertificateDer<'static>,
    /// The certificate in PEM.
    pub certificate_pem: String,
    /// The key in PEM.
    pub key_pem: String,
}

impl Authority {
    /// A new authority that nobody knows.
    ///
    /// # Panics
    ///
    /// Where no key can be made.
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "FAKE authority");
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key can be made");
        Self { issuer: CertifiedIssuer::self_signed(params, key).expect("a certificate can be made") }
    }

    /// A certificate for URIs and DNS names.
    ///
    /// # Panics
    ///
    /// Where a name is none.
    pub fn issue(&self, uris: &[&str], names: &[&str]) -> Identity {
        let name = |text: &&str| Ia5String::try_from(*text).expect("a name is ASCII");
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "FAKE");
        params.subject_alt_names = uris.iter().map(|uri| SanType::URI(name(uri))).collect();
        params.subject_alt_names.extend(names.iter().map(|dns| SanType::DnsName(name(dns))));
        let key = KeyPair::generate().expect("a key can be made");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate can be made");
        Identity {
            certificate_pem: certificate.pem(),
            certificate: certificate.der().clone(),
            key_pem: key.serialize_pem(),
        }
    }

    /// Its own certificate.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A client that trusts this authority, with a certificate of its own or without.
    ///
    /// # Panics
    ///
    /// Where the key is none.
    pub fn client(&self, identity: Option<&Identity>) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.issuer.der().clone()).expect("a certificate");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = builder.expect("versions").with_root_certificates(roots);
        let config = match identity {
            None => builder.with_no_client_auth(),
            Some(identity) => {
                let key = rcgen::KeyPair::from_pem(&identity.key_pem).expect("a key");
                let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
                builder.with_client_auth_cert(vec![identity.certificate.clone()], key).expect("a certificate")
            }
        };
        Arc::new(config)
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}

impl Identity {
    /// Writes both as files; the paths of the certificate and the key.
    ///
    /// # Panics
    ///
    /// Where they cannot be written.
    pub fn write(&self, folder: &Path, name: &str) -> (PathBuf, PathBuf) {
        let (certificate, key) = (folder.join(format!("{name}.pem")), folder.join(format!("{name}.key")));
        fs::write(&certificate, &self.certificate_pem).expect("a file can be written");
        fs::write(&key, &self.key_pem).expect("a file can be written");
        (certificate, key)
    }
}
