//! How connections are protected, in the terms of each client.

use std::{path::PathBuf, sync::Arc};

use postgres::config::SslMode;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject as _},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{Tls, Url};

pub(super) fn mode(url: &Url) -> SslMode {
    match url.tls {
        _ if url.host.as_deref().is_some_and(|it| it.starts_with('/')) => SslMode::Disable,
        Tls::Disable => SslMode::Disable,
        Tls::Prefer => SslMode::Prefer,
        Tls::Require | Tls::VerifyCa | Tls::VerifyFull => SslMode::Require,
    }
}

/// Returns what makes PostgreSQL's connections.
pub(super) fn connector(url: &Url) -> Result<MakeRustlsConnect, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let authorities =
        WebPkiServerVerifier::builder_with_provider(roots(url)?.into(), Arc::clone(&provider));
    let authorities = authorities.build().map_err(|it| it.to_string())?;
    // As with libpq, a file of authorities makes `require` check them.
    let checks_authority =
        url.tls >= Tls::VerifyCa || (url.tls == Tls::Require && url.root_cert.is_some());
    let verifier =
        Verifier { authorities, checks_authority, checks_host: url.tls == Tls::VerifyFull };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|it| it.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

pub(super) fn mysql_options(url: &Url) -> Option<mysql::SslOpts> {
    let checks_authority = url.tls >= Tls::VerifyCa;
    let options = mysql::SslOpts::default()
        .with_danger_accept_invalid_certs(!checks_authority)
        .with_danger_skip_domain_validation(url.tls != Tls::VerifyFull)
        .with_root_cert_path(url.root_cert.clone().map(PathBuf::from));
    (url.tls != Tls::Disable).then_some(options)
}

/// Returns the authorities that are trusted: those in the URL's file, or those that browsers trust.
fn roots(url: &Url) -> Result<RootCertStore, String> {
    let Some(path) = &url.root_cert else {
        return Ok(RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() });
    };
    let mut res = RootCertStore::empty();
    let failed = |why: String| format!("`{path}` holds no certificates: {why}");
    for it in CertificateDer::pem_file_iter(path).map_err(|it| failed(it.to_string()))? {
        let certificate = it.map_err(|it| failed(it.to_string()))?;
        res.add(certificate).map_err(|it| failed(it.to_string()))?;
    }
    Ok(res)
}

/// Checks as much of a server's certificate as the URL asks for, which may be nothing.
#[derive(Debug)]
struct Verifier {
    authorities: Arc<WebPkiServerVerifier>,
    checks_authority: bool,
    checks_host: bool,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if !self.checks_authority {
            return Ok(ServerCertVerified::assertion());
        }
        let checked = self.authorities.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        match checked {
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.checks_host => Ok(ServerCertVerified::assertion()),
            it => it,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.authorities.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.authorities.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.authorities.supported_verify_schemes()
    }
}
