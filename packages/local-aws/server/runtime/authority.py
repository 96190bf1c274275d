"""Certificate authority of this server, in place of those of RDS and of ACM."""

import datetime
import functools
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from . import programs

DAY = datetime.timedelta(days=1)
YEAR = 365 * DAY


def bundle() -> Path:
    """Certificate of the authority, which clients must trust."""
    path = programs.scratch / 'authority.pem'
    if not path.exists():
        path.write_bytes(_authority()[0].public_bytes(serialization.Encoding.PEM))
        path.chmod(0o644)
    return path


def issue(folder: Path, name: str, *others: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    authority, authority_key = _authority()
    names = [x509.DNSName(each) for each in (name, *others)]
    certificate = (
        _certificate(name, key.public_key(), authority.subject)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    certificate_file, key_file = folder / f'{name}.pem', folder / f'{name}.key'
    # The chain includes the authority, as RDS sends it.
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + bundle().read_bytes())
    key_file.touch(0o600)
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate_file, key_file


@functools.cache
def _authority() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name('Local AWS authority')
    certificate = (
        _certificate('Local AWS authority', key.public_key(), subject)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    return certificate, key


def _certificate(name: str, key: ec.EllipticCurvePublicKey, issuer: x509.Name) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.timezone.utc)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + YEAR)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
