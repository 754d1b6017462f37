"""Which addresses of the network may be connected to: a feed must not lead to the machines of the house.

The check stands where a socket is made for an address that is about to be connected to. No name is resolved after it,
so a name that leads elsewhere the second time («DNS rebinding») is checked as any other, and so is each redirect.
"""

from __future__ import annotations

import errno
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp import AddrInfoType

_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv6 addresses that a gateway turns into the IPv4 address in their last 32 bits (RFC 6052)."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: neither private, loopback, link-local nor reserved.

    An IPv6 address that carries an IPv4 address is judged by that.
    """
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        carried = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            carried = IPv4Address(int(ip) & 0xFFFF_FFFF)
        ip = carried or ip
    return ip.is_global and not ip.is_multicast


def public_socket(info: AddrInfoType) -> socket.socket:
    """A socket for an address that is about to be connected to.

    Raises:
        PermissionError: the address is not public.
    """
    family, kind, protocol, _, address = info
    if not is_public(address[0]):
        raise PermissionError(errno.EACCES, f"{address[0]} is not an address of the public internet")
    return socket.socket(family, kind, protocol)
