"""Local programs: functions always; databases, tasks, jobs and load balancers once their files are imported."""
