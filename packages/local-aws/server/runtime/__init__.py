"""Local programs: functions always; databases, tasks, jobs and load balancers with `everything`."""


def install(everything: bool) -> None:
    """Changes moto, after `fixes`."""
    from . import functions, roles

    functions.install()
    roles.install()
    if everything:
        from . import balancers, databases, jobs, services, tasks

        for each in (databases, balancers, tasks, services, jobs):
            each.install()
