"""Certificates of the tests' own, made when they are needed: an authority, and what it signs for a server."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from models.kernel.clock import SystemClock

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Signed:
    """A certificate and its key, as PEM."""

    certificate: bytes
    key: bytes

    def files(self, folder: Path) -> tuple[Path, Path]:
        """Both as files."""
        certificate, key = folder / "shown.crt", folder / "shown.key"
        certificate.write_bytes(self.certificate)
        key.write_bytes(self.key)
        return certificate, key


@dataclass(frozen=True)
class Authority:
    """Somebody who signs certificates."""

    name: x509.Name
    key: EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def made(cls, name: str) -> Self:
        """A new one, who vouches for itself."""
        key, called = generate_private_key(SECP256R1()), _name(name)
        ca = x509.BasicConstraints(ca=True, path_length=None)
        made = _begun(called, called, key, DAY).add_extension(ca, critical=True).sign(key, SHA256())
        return cls(called, key, made)

    def file(self, folder: Path) -> Path:
        """Its certificate as a file: what whoever trusts it names with sslrootcert."""
        path = folder / f"{self.name.rfc4514_string().removeprefix('CN=')}.pem"
        path.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return path

    def signed(self, *names: str, ends: timedelta = DAY) -> Signed:
        """A certificate for a server of these names or numbers, that ends so long from now (negative: it has)."""
        key = generate_private_key(SECP256R1())
        made = _begun(_name(names[0]), self.name, key, ends).add_extension(_alternatives(names), critical=False)
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return Signed(made.sign(self.key, SHA256()).public_bytes(Encoding.PEM), private)


def _begun(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, ends: timedelta
) -> x509.CertificateBuilder:
    now = SystemClock().now()  # the driver looks at the machine's clock
    begun = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
    return begun.not_valid_before(now - 9 * DAY).not_valid_after(now + ends)


def _alternatives(names: tuple[str, ...]) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName(
        [x509.IPAddress(ip_address(one)) if one[-1].isdigit() else x509.DNSName(one) for one in names]
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
