"""Addresses of pages that try to reach what is not public, made by crossing targets, spellings and shapes."""

from itertools import product

V4 = (
    "127.0.0.1", "127.1.2.3", "10.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.1.254", "169.254.169.254", "169.254.170.2",
    "100.64.0.1", "100.100.100.200", "192.0.0.192", "0.0.0.0", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
)  # fmt: skip
V6 = (
    "::1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::", "2001:0:7f00:1::", "fe80::1", "fe80::1%25eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "5f00::1", "100::1", "2001:db8::1",
    "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001", "2606:4700:4700::1111",
)  # fmt: skip
NAMES = (
    "localhost", "LOCALHOST", "localhost.", "a.localhost", "localhost.localdomain", "metadata.google.internal", "metadata", "metadata.internal", "router.lan",
    "printer.local", "intranet", "db.corp", "nas.home", "nas.home.arpa", "1.0.0.127.in-addr.arpa", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local",
    "host.docker.internal", "redis", "postgres", "x.onion", "x.test", "x.invalid", "private.example", "ip6-localhost", "broadcasthost",
)  # fmt: skip
# Names that a resolver may lead anywhere: the name passes, the connection must not.
REBINDING = (
    "127.0.0.1.nip.io", "10.0.0.1.sslip.io", "localtest.me", "lvh.me", "169-254-169-254.nip.io", "make-127-0-0-1-rr.1u.ms", "spoofed.burpcollaborator.net",
    "customer1.app.localhost.my.company.com", "mail.ebc.apple.com", "evil.cz",
)  # fmt: skip
SHAPES = (
    "http://{h}/", "https://{h}/", "http://{h}", "http://{h}:80/", "https://{h}:443/x?y=1", "HTTP://{h}/", "http://{h}./", "http://{h}/#f",
    "http://user@{h}/", "http://user:pass@{h}/", "http://seznam.cz@{h}/", "http://{h}:22/", "http://{h}:6379/", "http://{h}:8080/", "http://{h}:0/",
    "http://{h}%2eseznam.cz/", "http://{h}\\@seznam.cz/", "http:///{h}/", "//{h}/", "http://{h}%00.seznam.cz/", "http://{h}\t/", " http://{h}/", "http://{h}\n/", "http:\\\\{h}\\",
)  # fmt: skip
SCHEMES = ("file", "ftp", "gopher", "dict", "ldap", "jar", "data", "javascript", "ws", "wss", "tftp", "sftp", "ssh", "view-source", "blob", "about", "mailto", "netdoc", "php", "expect")


def spellings(address: str) -> list[str]:
    """One IPv4 address in the notations that some parser somewhere accepts."""
    a, b, c, d = (int(part) for part in address.split("."))
    whole = (a << 24) + (b << 16) + (c << 8) + d
    circled = address.translate(str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨"))
    wide = address.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    return [
        address, str(whole), hex(whole), oct(whole).replace("0o", "0"), f"{a}.{(b << 16) + (c << 8) + d}", f"{a}.{b}.{(c << 8) + d}",
        ".".join(f"0x{part:x}" for part in (a, b, c, d)), ".".join(f"0{part:o}" for part in (a, b, c, d)), ".".join(f"{part:03d}" for part in (a, b, c, d)),
        f"0x{a:x}.{b}.{c}.{d}", f"0{a:o}.{b}.{c}.0x{d:x}", circled, wide, address.replace(".", "。"), address.replace(".", "%2e"), f"[{address}]",
        f"[::ffff:{address}]", f"[::{address}]",
    ]  # fmt: skip


def urls() -> list[str]:
    numbers = [spelling for address in V4 for spelling in spellings(address)]
    found = [shape.format(h=host) for host, shape in product(numbers, SHAPES[:6])]
    found += [shape.format(h=host) for host, shape in product(V4, SHAPES)]
    found += [shape.format(h=f"[{host}]") for host, shape in product(V6, SHAPES)]
    found += [shape.format(h=host) for host, shape in product((*NAMES, *REBINDING), SHAPES)]
    found += [f"{scheme}://{host}/etc/passwd" for scheme, host in product(SCHEMES, ("127.0.0.1", "localhost", "seznam.cz"))]
    found += ["", " ", "http://", "https://", "http:", "://", "http://.", "http://..", "http://-", "http://[", "http://]", "http://[::1", "http://a", "http://" + "a" * 300 + ".cz"]
    return list(dict.fromkeys(found))


GOOD = (
    "https://www.seznam.cz/", "http://seznam.cz", "https://example.com/", "https://example.org:443/path?a=b", "http://example.com:80/", "https://novák.cz/",
    "https://xn--novk-5na.cz/", "https://háčkyčárky.cz/", "https://WWW.PekarnaNovak.CZ/O-NAS", "https://a.b.c.d.e.cz/", "https://1.cz/", "https://123.cz/", "https://1e100.net/",
    "https://3m.com/", "https://t.co/x", "https://bbc.co.uk/", "https://gov.uk/", "https://www.muni.cz/studenti", "https://sub-domain.firma.cz/", "https://my_shop.firma.cz/",
    "https://firma.eu/", "https://firma.shop/", "https://firma.online/", "https://kavarna.cafe/", "https://straße.de/", "https://münchen.de/", "https://żółw.pl/",
    "https://firma.sk/index.php?page=1", "https://firma.cz/a%20b", "https://firma.cz/%C5%BElu%C5%A5", "https://firma.cz/#kontakt", "https://firma.cz.", "https://0x.org/",
    "https://127.cz/", "https://10.firma.cz/", "https://localhost.firma.cz/", "https://internal.firma.cz/", "https://firma.museum/", "https://firma.photography/",
    "https://пример.рф/", "https://例え.jp/", "https://firma.co.at/", "https://firma.github.io/", "https://firma.wordpress.com/", "https://www.firma-s-pomlckou.cz/",
    "http://firma.cz/~jan/", "https://firma.cz/a;b=c", "https://firma.cz/a,b", "https://firma.cz/a+b", "https://firma.cz/?q=a&b=c", "https://firma.cz/a@b", "https://firma.cz/(a)",
    "https://firma.cz/$a", "https://firma.cz/!a", "https://firma.cz/*a",
)  # fmt: skip
