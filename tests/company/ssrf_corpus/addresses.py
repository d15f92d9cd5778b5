"""Addresses by class: (what it is, one address of it). Kept apart from the URLs, so that each finds what the other misses."""

NOT_PUBLIC = (
    ("this network", "0.0.0.0"), ("this network, host", "0.1.2.3"), ("private 10", "10.0.0.1"), ("private 10 end", "10.255.255.255"),
    ("shared", "100.64.0.1"), ("shared end", "100.127.255.254"), ("cloud metadata, shared", "100.100.100.200"), ("loopback", "127.0.0.1"),
    ("loopback other", "127.1.2.3"), ("loopback end", "127.255.255.254"), ("cloud host services", "168.63.129.16"), ("link local", "169.254.0.1"),
    ("cloud metadata", "169.254.169.254"), ("container metadata", "169.254.170.2"), ("private 172", "172.16.0.1"), ("docker", "172.17.0.1"),
    ("private 172 end", "172.31.255.255"), ("protocol assignments", "192.0.0.1"), ("oracle metadata", "192.0.0.192"), ("dns64 discovery", "192.0.0.170"),
    ("documentation 1", "192.0.2.1"), ("as112 v4", "192.31.196.1"), ("amt", "192.52.193.1"), ("6to4 relay", "192.88.99.1"), ("private 192", "192.168.0.1"),
    ("private 192 end", "192.168.255.255"), ("as112 direct", "192.175.48.1"), ("benchmark", "198.18.0.1"), ("benchmark end", "198.19.255.255"),
    ("documentation 2", "198.51.100.1"), ("documentation 3", "203.0.113.1"), ("multicast", "224.0.0.1"), ("multicast admin", "239.255.255.250"),
    ("reserved", "240.0.0.1"), ("reserved end", "254.1.1.1"), ("broadcast", "255.255.255.255"), ("v6 unspecified", "::"), ("v6 loopback", "::1"),
    ("v4 mapped loopback", "::ffff:127.0.0.1"), ("v4 mapped private", "::ffff:10.0.0.1"), ("v4 mapped metadata", "::ffff:a9fe:a9fe"),
    ("v4 mapped public", "::ffff:8.8.8.8"), ("v4 compatible", "::127.0.0.1"), ("v4 compatible public", "::8.8.8.8"), ("v4 translated", "::ffff:0:127.0.0.1"),
    ("nat64", "64:ff9b::7f00:1"), ("nat64 local", "64:ff9b:1::1"), ("discard", "100::1"), ("dummy prefix", "100:0:0:1::1"), ("teredo", "2001::1"),
    ("teredo with private", "2001:0:7f00:1::1"), ("port control", "2001:1::1"), ("benchmark v6", "2001:2::1"), ("amt v6", "2001:3::1"), ("as112 v6", "2001:4:112::1"),
    ("orchid", "2001:10::1"), ("orchid 2", "2001:20::1"), ("drone ids", "2001:30::1"), ("documentation v6", "2001:db8::1"), ("6to4 loopback", "2002:7f00:1::"),
    ("6to4 private", "2002:a00:1::1"), ("as112 direct v6", "2620:4f:8000::1"), ("documentation v6 new", "3fff::1"), ("segment routing", "5f00::1"),
    ("unassigned", "4000::1"), ("unassigned 8", "8000::1"), ("unique local", "fc00::1"), ("unique local d", "fd00::1"), ("cloud metadata v6", "fd00:ec2::254"),
    ("link local v6", "fe80::1"), ("link local scoped", "fe80::1%eth0"), ("public scoped", "2606:4700::1%1"), ("site local", "fec0::1"), ("multicast v6", "ff02::1"),
    ("nothing", ""), ("a word", "localhost"), ("short form", "127.1"), ("whole number", "2130706433"), ("octal", "0177.0.0.1"), ("hexadecimal", "0x7f.0.0.1"),
)  # fmt: skip
PUBLIC = (
    "8.8.8.8", "1.1.1.1", "9.9.9.9", "93.184.216.34", "77.75.77.222", "185.17.117.32", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1",
    "192.167.255.255", "192.169.0.1", "198.17.255.255", "198.20.0.1", "223.255.255.254", "126.255.255.255", "128.0.0.1", "168.63.129.17",
    "2606:4700:4700::1111", "2a00:1450:4014:80c::200e", "2001:4860:4860::8888", "2001:200::1", "2620:fe::fe", "2400:cb00::1",
)  # fmt: skip
