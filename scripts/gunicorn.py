"""How the web server runs, alone or in a container: two processes with four threads each."""

import os

workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 20
# Longer than people pause between two saves, and than a proxy keeps a connection (nginx: 60 s): whoever
# closes last loses no request on its way.
keepalive = 75
# Heartbeat files in memory: on a slow disk a healthy worker would look hung.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
max_requests = 5000
max_requests_jitter = 500
accesslog = "-" if os.environ.get("ACCESS_LOG") == "1" else None
loglevel = "warning"
