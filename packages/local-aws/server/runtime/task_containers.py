"""Containers of a task: each with a local program runs, and the first essential one that ends stops the task."""

import threading
from concurrent.futures import ThreadPoolExecutor

from ..api import Properties
from .containers import Container
from .paths import Place
from .ports import free_port


class TaskContainers:
    """Containers of a task definition; those whose image has no local program count as running."""

    def __init__(
        self,
        region: str,
        task_id: str,
        definition: Properties,
        container_definitions: list[Properties],
        place: Place | None,
        at_once: bool = False,
    ) -> None:
        execution_role = definition.get('executionRoleArn', '')
        task_role = definition.get('taskRoleArn', '')
        containers = [
            Container(region, task_id, each, execution_role, task_role, place, at_once)
            for each in container_definitions
        ]
        #: containers with a local program, by their name
        self.programs = {each.definition['name']: each for each in containers if each.image}
        self.ports: dict[str, int] = {}
        #: containers with a health check that has begun
        self.checked: list[Container] = []

    def start(self) -> None:
        """Starts every program; each gets a port of its own, since tasks share one address here."""
        for name, container in self.programs.items():
            self.ports[name] = free_port()
            container.start(PORT=str(self.ports[name]))

    def check_health(self) -> None:
        self.checked = [each for each in self.programs.values() if each.has_health_check and each.is_essential]
        for container in self.checked:
            threading.Thread(target=container.check_health, daemon=True).start()

    @property
    def health(self) -> str:
        """Health of the task, as ECS concludes it from its containers; healthy without a check."""
        states = {each.health for each in self.checked} or {'HEALTHY'}
        return next(state for state in ('UNHEALTHY', 'UNKNOWN', 'HEALTHY') if state in states)

    def processes_of(self, name: str) -> int:
        """Group of the processes of a container's program, which was started."""
        program = self.programs[name].program
        assert program
        return program.pid

    @property
    def running(self) -> bool:
        return self.first_ended is None

    @property
    def first_ended(self) -> Container | None:
        """An essential container whose program has ended or was not started."""
        return next((each for each in self.programs.values() if each.is_essential and not each.running), None)

    def end(self) -> dict[str, int]:
        """Ends the programs; returns the exit code of each container that was started."""
        started = {name: each for name, each in self.programs.items() if each.program}
        with ThreadPoolExecutor(max_workers=len(started) or 1) as pool:
            return dict(zip(started, pool.map(Container.end, started.values()), strict=True))
