"""What runs for real: functions; and where asked for, databases, tasks, jobs and load balancers as programs."""


def install(everything: bool) -> None:
    """Changes moto in this process, on top of what was changed before."""
    from . import functions, roles

    functions.install()
    roles.install()
    if everything:
        from . import balancers, databases, jobs, services, tasks

        for each in (databases, balancers, tasks, services, jobs):
            each.install()
