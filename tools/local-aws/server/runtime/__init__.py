"""What runs for real: databases, tasks, jobs and load balancers as programs of this machine."""
