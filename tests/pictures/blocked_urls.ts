/** What a stranger's link may not reach, in every spelling that we have heard of. */

/** Private addresses, each as the host of a URL. */
const PRIVATE_HOSTS = [
  // Loopback and "this host", in all the ways that a URL takes for an IPv4 address.
  ...["127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "127.0.0.1.", "2130706433"],
  ...["0x7f000001", "0x7f.0.0.1", "0x7F.1", "017700000001", "0177.0.0.1", "0177.0x0.1"],
  ...["127.0.0.0x1", "0x7f.0x0.0x0.0x1", "00000177.0.0.1", "%31%32%37.0.0.1"],
  ...["①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1", "127．0．0．1"],
  ...["0.0.0.0", "0", "0x0", "00", "0.1.2.3", "0.0"],
  // Networks of one's own.
  ...["10.0.0.1", "10.255.255.255", "167772161", "0xa000001", "012.0.0.1"],
  ...["172.16.0.1", "172.31.255.255", "2886729729", "192.168.0.1", "192.168.1.254", "3232235777"],
  ...["100.64.0.1", "100.127.255.255"],
  // The cloud's metadata.
  ...["169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.0.1"],
  // Benchmarks, documentation, multicast, reserved, broadcast.
  ...["198.18.0.1", "198.19.255.255", "192.0.2.1", "198.51.100.1", "203.0.113.1"],
  ...["192.0.0.1", "192.88.99.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"],
  // IPv6: itself, and IPv4 within.
  ...["[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::0001]", "[0000::1]"],
  ...["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]"],
  ...["[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::ffff:0.0.0.0]", "[::ffff:a9fe:a9fe]"],
  ...["[::127.0.0.1]", "[::7f00:1]", "[::10.0.0.1]", "[::ffff:0:127.0.0.1]", "[::8.8.8.8]"],
  ...["[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b::a9fe:a9fe]"],
  ...["[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2002:c0a8:101::]"],
  ...["[2001::1]", "[2001:0:7f00:1::]", "[fe80::1]", "[febf::1]", "[fec0::1]"],
  ...["[fc00::1]", "[fd00::1]", "[fd00:ec2::254]", "[ff02::1]", "[ff0e::1]"],
  ...["[2001:db8::1]", "[3fff::1]", "[100::1]", "[2001:2::1]", "[2001:10::1]", "[2001:20::1]"],
  ...["[4000::1]", "[5f00::1]", "[8000::1]", "[1::1]"],
] as const;

export const BLOCKED_URLS: readonly string[] = PRIVATE_HOSTS.flatMap((host) => `http://${host}`);

/** Not even looked at: no http, no host, or with somebody's name. */
export const BAD_URLS: readonly string[] = [
  ...[
    "file:///etc/passwd",
    "ftp://example.org/x.png",
    "gopher://127.0.0.1:70/_",
    "data:image/png,",
  ],
  ...["javascript:alert(1)", "blob:http://example.org/x", "ws://example.org/", "//example.org/x"],
  ...["http://", "https:///", "cat.png", "", "http://exa mple.org/", "http://256.256.256.256/"],
  ...[
    "http://[::1",
    "http://me@example.org/",
    "http://me:secret@example.org/",
    "http://:x@example.org/",
  ],
  "http://example.org@127.0.0.1/",
  "http://127.0.0.1#@example.org@127.0.0.1/".replace("#", "%23"),
];

/** What names may stand for; one private address is one too many. */
export const PRIVATE_ANSWERS: readonly (readonly string[])[] = [
  ["127.0.0.1"],
  ["10.0.0.7"],
  ["169.254.169.254"],
  ["::1"],
  ["::ffff:127.0.0.1"],
  ["64:ff9b::7f00:1"],
  ["fd00::1"],
  ["fe80::1%eth0"],
  ["93.184.216.34", "127.0.0.1"],
  ["2606:4700::1111", "::1"],
  ["0.0.0.0"],
];
