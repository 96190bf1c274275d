"""Network paths inside a VPC: from a load balancer to a task, and from a task or job to a database.

EC2's own security groups, network ACLs and routes decide. Groups are stateful; network ACLs judge the answer, too.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.ec2.models import EC2Backend, ec2_backends
from moto.ec2.responses import EC2Response
from moto.elbv2.responses import ELBV2Response
from moto.rds.responses import RDSResponse

from ..api import is_true
from ..patches import around
from . import programs

TCP = ('tcp', '6', '-1')
#: both ends of Linux's range of ports for answers
ANSWERS = (32768, 60999)


@dataclass(frozen=True)
class Place:
    subnets: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(eq=False)
class Path:
    """Source and target are asked for anew: a load balancer's or a database's groups may change."""

    region: str
    name: str
    source: Callable[[], Place | None]
    target: Callable[[], Place | None]
    port: int
    after_change: Callable[[], None]
    is_open: bool = True

    def __post_init__(self) -> None:
        self.is_open = self.passes()
        with _lock:
            _paths.append(self)
        _write()

    def end(self) -> None:
        with _lock:
            # Its task may be stopped twice.
            if self in _paths:
                _paths.remove(self)
        _write()

    def passes(self) -> bool:
        """True if packets pass from each of the source's subnets to each of the target's; of a place unknown, too."""
        source, target = self.source(), self.target()
        if source is None or target is None:
            return True
        network = _Network(ec2_backends[DEFAULT_ACCOUNT_ID][self.region])
        return network.groups_let(source, target, self.port) and all(
            network.subnets_let(begin, end, self.port) for begin in source.subnets for end in target.subnets
        )


_paths: list[Path] = []
_lock = threading.RLock()


class _Network:
    def __init__(self, ec2: EC2Backend) -> None:
        self.ec2 = ec2

    def range_of(self, subnet: str) -> Any:
        return ip_network(self.ec2.get_subnet(subnet).cidr_block)

    def groups_let(self, source: Place, target: Place, port: int) -> bool:
        out = self._rules(source, 'egress_rules')
        into = self._rules(target, 'ingress_rules')
        return self._admits(out, target, port) and self._admits(into, source, port)

    def _rules(self, place: Place, direction: str) -> list[Any]:
        groups = (self.ec2.get_security_group_from_id(each) for each in place.groups)
        return [rule for group in groups if group for rule in getattr(group, direction)]

    def _admits(self, rules: list[Any], peer: Place, port: int) -> bool:
        ranges = [self.range_of(subnet) for subnet in peer.subnets]
        return any(
            rule.ip_protocol in TCP
            and (rule.from_port in (None, -1) or rule.from_port <= port <= rule.to_port)
            and (
                rule.source_group.get('GroupId') in peer.groups
                or any(ip_network(rule.cidr_ipv4).overlaps(each) for each in ranges if rule.cidr_ipv4)
            )
            for rule in rules
        )

    def subnets_let(self, begin: str, end: str, port: int) -> bool:
        if begin == end:
            return True
        way = [(begin, True, end), (end, False, begin)]
        back = [(end, True, begin), (begin, False, end)]
        return (
            self._is_routed(begin, end)
            and self._is_routed(end, begin)
            and all(self._acl_lets(*step, port) for step in way)
            and all(self._acl_lets(*step, answer) for step in back for answer in ANSWERS)
        )

    def _acl_lets(self, subnet: str, is_egress: bool, peer: str, port: int) -> bool:
        acl = next(
            acl for acl in self.ec2.network_acls.values() if subnet in (each.subnet_id for each in acl.associations)
        )
        peers = self.range_of(peer)
        for rule in sorted(acl.entries, key=lambda each: int(each.rule_number)):
            covers = rule.cidr_block and peers.subnet_of(ip_network(rule.cidr_block))
            first, last = rule.port_range_from, rule.port_range_to
            has_port = first is None or int(first) <= port <= int(last)
            if is_true(rule.egress) == is_egress and rule.protocol in TCP and covers and has_port:
                return rule.rule_action == 'allow'
        return False

    def _is_routed(self, begin: str, end: str) -> bool:
        """True unless a more specific route takes the packets out of the VPC's own network."""
        vpc_id = self.ec2.get_subnet(begin).vpc_id
        tables = [table for table in self.ec2.route_tables.values() if table.vpc_id == vpc_id]
        own = [table for table in tables if begin in table._associations.values()]
        main = [table for table in tables if table.main_association_id]
        peers = self.range_of(end)
        routes = [route for route in (own or main)[0].routes if route.destination_cidr_block]
        matching = [each for each in routes if peers.subnet_of(ip_network(each.destination_cidr_block))]
        return bool(matching) and max(matching, key=lambda each: ip_network(each.destination_cidr_block).prefixlen).local


def _judge_again() -> None:
    with _lock:
        changed = [path for path in _paths if path.passes() != path.is_open]
        for path in changed:
            path.is_open = not path.is_open
    for path in changed:
        path.after_change()
    if changed:
        _write()


def _write() -> None:
    # `networkPaths()` of src/local-aws.ts reads it.
    with _lock:
        states = {path.name: path.is_open for path in _paths}
        (programs.scratch / 'network-paths.json').write_text(json.dumps(states))


def _then_judge(answer: Any, self: Any) -> Any:
    answered = answer(self)
    if not self._get_action().startswith(('Describe', 'Get', 'List')):
        _judge_again()
    return answered


for _response in (EC2Response, ELBV2Response, RDSResponse):
    around(_response, 'call_action')(_then_judge)
